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

    /// <summary>Starts what the site waits for.</summary>
    public async Task StartAsync()
    {
        foreach (SiteService service in _services.Where(service => !_deferred.Contains(service.Name)))
        {
            if (_background.Contains(service.Name))
                _unawaited.Add(StartOnThreadOfItsOwn(service.Name));
            else if (!_groups.TryGetValue(service.Name, out IReadOnlyList<string>? group))
                await _starts[service.Name].Value;
            else if (!_starts[service.Name].IsValueCreated)
                await Task.WhenAll(group.Where(member => !_deferred.Contains(member)).Select(StartOnThreadOfItsOwn));
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
