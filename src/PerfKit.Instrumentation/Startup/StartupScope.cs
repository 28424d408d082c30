namespace PerfKit.Instrumentation;

/// <summary>
/// Times the start of one service as a <c>using</c> block. Scopes nest, also across <c>await</c>; they may end on another
/// thread than they began, in any order, twice (the second end is ignored) or never (the record then says unfinished).
/// </summary>
/// <remarks>
/// All members are thread-safe, and none throws, whatever the arguments: a name that is missing is recorded as
/// <c>(unnamed)</c>, one beyond 256 characters is cut. A <c>using</c> block cannot see the exception that leaves it: call
/// <see cref="Fail"/>, or use <see cref="Run(string, ServiceType, Action{StartupScope}, StartupTracker?)"/> and its
/// siblings, which mark the failure and let the exception fly on.
/// </remarks>
/// <example>
/// <code>
/// using (var scope = StartupScope.Begin("auth_service", ServiceType.Essential))
/// {
///     scope.AddDependency("crypto_library");
///     using (scope.BeginDependency("user_database"))
///         await OpenDatabaseAsync();
/// }
/// </code>
/// </example>
public sealed class StartupScope : IDisposable
{
    private readonly StartupTracker _tracker;
    private readonly Flow? _flow;

    internal StartupScope(StartupTracker tracker, StartupEntry entry)
    {
        _tracker = tracker;
        Entry = entry;
        // A scope that the full tracker dropped is not a parent that records could name.
        if (!entry.IsDropped)
            _flow = Flow.Push(this);
    }

    /// <summary>The service's name as it is recorded.</summary>
    public string Name => Entry.Name;

    /// <summary>How much the application needs the service.</summary>
    public ServiceType Type => Entry.Type;

    internal StartupEntry Entry { get; }

    internal StartupTracker Tracker => _tracker;

    internal bool IsEnded => Entry.IsEnded;

    /// <summary>Begins a scope in <see cref="StartupTracker.Default"/>; it needs no container and no configuration.</summary>
    /// <param name="name">The service's name. Scopes of one name are one service.</param>
    /// <param name="type">How much the application needs the service.</param>
    /// <returns>The scope; dispose it when the service is ready.</returns>
    public static StartupScope Begin(string name, ServiceType type = ServiceType.Essential) =>
        StartupTracker.Default.Begin(name, type);

    /// <summary>Records that the service needs another one, by name. Naming it again changes nothing.</summary>
    /// <param name="name">The dependency's name; it may be another service's.</param>
    public void AddDependency(string name) => _tracker.AddDependency(Entry, name);

    /// <summary>Records that the service needs something, and times it.</summary>
    /// <param name="name">The dependency's name.</param>
    /// <returns>The timed block; dispose it when the dependency is ready.</returns>
    public DependencyScope BeginDependency(string name) => new(_tracker, _tracker.BeginDependency(Entry, name));

    /// <summary>Marks the service's start as failed. It does not end the scope; the first exception is kept.</summary>
    /// <param name="exception">What went wrong; its type and message are recorded.</param>
    public void Fail(Exception exception) => _tracker.Fail(Entry, exception);

    /// <summary>Ends the scope.</summary>
    public void Dispose()
    {
        _tracker.End(Entry);
        _flow?.Pop();
    }

    /// <summary>Times <paramref name="start"/>, and marks the service as failed when it throws.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="type">How much the application needs the service.</param>
    /// <param name="start">What makes the service ready.</param>
    /// <param name="tracker">Where to record; <see cref="StartupTracker.Default"/> when <c>null</c>.</param>
    /// <exception cref="Exception">Whatever <paramref name="start"/> throws.</exception>
    public static void Run(string name, ServiceType type, Action<StartupScope> start, StartupTracker? tracker = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        Run(name, type, scope => { start(scope); return true; }, tracker);
    }

    /// <inheritdoc cref="Run(string, ServiceType, Action{StartupScope}, StartupTracker?)"/>
    /// <returns>What <paramref name="start"/> returns.</returns>
    public static T Run<T>(string name, ServiceType type, Func<StartupScope, T> start, StartupTracker? tracker = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        using StartupScope scope = (tracker ?? StartupTracker.Default).Begin(name, type);
        try
        {
            return start(scope);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }

    /// <inheritdoc cref="Run(string, ServiceType, Action{StartupScope}, StartupTracker?)"/>
    /// <returns>A task that ends as the task of <paramref name="start"/> does.</returns>
    public static Task RunAsync(string name, ServiceType type, Func<StartupScope, Task> start, StartupTracker? tracker = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        return RunAsync(name, type, async scope => { await start(scope).ConfigureAwait(false); return true; }, tracker);
    }

    /// <inheritdoc cref="Run(string, ServiceType, Action{StartupScope}, StartupTracker?)"/>
    /// <returns>A task with the result of the task of <paramref name="start"/>.</returns>
    public static async Task<T> RunAsync<T>(
        string name, ServiceType type, Func<StartupScope, Task<T>> start, StartupTracker? tracker = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        using StartupScope scope = (tracker ?? StartupTracker.Default).Begin(name, type);
        try
        {
            return await start(scope).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }
}
