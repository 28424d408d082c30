using PerfKit.Instrumentation;

namespace StartupLab;

/// <summary>
/// Starts services in the order they are listed, one after the other, except for what a plan changes. PerfKit sees one
/// <see cref="StartupScope"/> a service.
/// </summary>
internal sealed class Starter
{
    private readonly IReadOnlyList<SiteService> _services;
    private readonly Dictionary<string, IReadOnlyList<string>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deferred;
    private readonly HashSet<string> _background;
    private readonly Dictionary<string, Lazy<Task>> _starts;
    private readonly List<Task> _unawaited = [];

    /// <exception cref="FormatException">The plan names a service that there is not.</exception>
    public Starter(IReadOnlyList<SiteService> services, StartPlan plan)
    {
        _services = services;
        _deferred = [.. plan.Deferred];
        _background = [.. plan.InBackground];
        foreach (IReadOnlyList<string> group in plan.Together)
        {
            foreach (string member in group)
                _groups[member] = group;
        }
        _starts = services.ToDictionary(service => service.Name, service => new Lazy<Task>(() => RunAsync(service)), StringComparer.Ordinal);
        if (_deferred.Concat(_background).Concat(_groups.Keys).FirstOrDefault(name => !_starts.ContainsKey(name)) is { } unknown)
            throw new FormatException($"There is no service '{unknown}'; there are {string.Join(", ", _starts.Keys)}.");
    }

    /// <summary>
    /// Starts what the site waits for. Services that start together begin where the first of them stands, and are awaited
    /// where the last one does.
    /// </summary>
    public async Task StartAsync()
    {
        var together = new Dictionary<string, Task>(StringComparer.Ordinal);
        string[] awaited = [.. _services.Select(service => service.Name).Where(name => !_deferred.Contains(name))];
        foreach (string service in awaited)
        {
            if (_background.Contains(service))
                _unawaited.Add(StartOnThreadOfItsOwn(service));
            else if (!_groups.TryGetValue(service, out IReadOnlyList<string>? group))
                await _starts[service].Value;
            else
            {
                if (!together.ContainsKey(service))
                {
                    foreach (string member in group.Intersect(awaited))
                        together[member] = StartOnThreadOfItsOwn(member);
                }
                if (service == awaited.Last(group.Contains))
                    await Task.WhenAll(group.Where(together.ContainsKey).Select(member => together[member]));
            }
        }
    }

    /// <summary>Starts what waited until the site was ready, and sees to the rest.</summary>
    public async Task StartDeferredAsync()
    {
        foreach (SiteService service in _services.Where(service => _deferred.Contains(service.Name)))
            await _starts[service.Name].Value;
        await Task.WhenAll(_unawaited);
    }

    // Not the pool's thread: it begins with one a core, and a member that blocks on a file would keep another one from starting.
    private Task StartOnThreadOfItsOwn(string name) =>
        Task.Factory.StartNew(() => _starts[name].Value, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private async Task RunAsync(SiteService service)
    {
        // What it needs starts here at the latest, even when it was deferred: that is what "on first use" means.
        foreach (string need in service.Needs)
            await _starts[need].Value;
        using StartupScope scope = StartupScope.Begin(service.Name, service.Type);
        foreach (string need in service.Needs)
            scope.AddDependency(need);
        await service.Start();
    }
}
