using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace PerfKit;

/// <summary>
/// Makes the options again when a configuration they were read from has changed. Options that are not valid change nothing:
/// those from before stay, and what is wrong is logged once. Nothing is thrown into whoever reloads.
/// </summary>
/// <remarks>
/// Not <see cref="IOptionsMonitor{TOptions}"/>: that one throws what validation says into the reload, and so into the host.
/// </remarks>
internal sealed class OptionsReload(
    IOptionsFactory<PerformanceAuditorOptions> factory, IEnumerable<IConfigureOptions<PerformanceAuditorOptions>> configurations, ILogger logger) : IDisposable
{
    private readonly IConfiguration[] _sections = [.. configurations.OfType<OptionsConfiguration>().Select(configuration => configuration.Section)];
    private readonly List<IDisposable> _listening = [];
    private readonly Lock _lock = new();
    private string? _lastMistakes; // guarded by _lock

    /// <summary>Begins to listen.</summary>
    /// <param name="apply">Takes new options that are valid; calls follow one another.</param>
    public void Listen(Action<PerformanceAuditorOptions> apply) =>
        _listening.AddRange(_sections.Select(section => ChangeToken.OnChange(section.GetReloadToken, () => Reload(apply))));

    public void Dispose() => _listening.ForEach(listening => listening.Dispose());

    private void Reload(Action<PerformanceAuditorOptions> apply)
    {
        lock (_lock)
        {
            try
            {
                apply(factory.Create(Options.DefaultName));
                _lastMistakes = null;
                logger.OptionsReloaded();
            }
            catch (OptionsValidationException exception)
            {
                // A file's watcher may tell of one change twice.
                if (exception.Message != _lastMistakes)
                    logger.ReloadRefused(exception.Message);
                _lastMistakes = exception.Message;
            }
            catch (Exception exception) // a user's own configuring code
            {
                logger.Failed(exception, "reloading its configuration");
            }
        }
    }
}
