namespace PerfKit.Instrumentation;

/// <summary>What a <see cref="StartupChange"/> does to its services.</summary>
public enum StartupChangeKind
{
    /// <summary>They start after the application is ready: on first use, or when the host has started.</summary>
    Defer,

    /// <summary>They start where they did, but nothing waits for them except what declared that it needs them.</summary>
    Background,

    /// <summary>They start together with the first of them, as far as they do not need each other.</summary>
    Parallel,

    /// <summary>Their own work takes less time.</summary>
    Speed,
}

/// <summary>One change to how an application starts, for <see cref="StartupWhatIf.Predict"/>. Immutable.</summary>
public sealed record StartupChange
{
    /// <summary>What is done.</summary>
    public required StartupChangeKind Kind { get; init; }

    /// <summary>Names of the services it is done to; names that no record has change nothing.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>How much less time the own work takes, 0 to 100; <c>null</c> for other kinds.</summary>
    public double? Percent { get; init; }

    /// <summary>
    /// Services, with all that is nested in them, start after the application is ready. One that something else needs before
    /// ready is started all the same, and named in <see cref="StartupPrediction.NeededBeforeReady"/>.
    /// </summary>
    /// <param name="services">Their names.</param>
    /// <returns>The change.</returns>
    public static StartupChange Defer(params IReadOnlyCollection<string> services) => Of(StartupChangeKind.Defer, services);

    /// <summary>
    /// Services start where they did, beside what followed them. Only what declared that it needs them waits; their CPU time
    /// is taken from what starts meanwhile.
    /// </summary>
    /// <param name="services">Their names.</param>
    /// <returns>The change.</returns>
    public static StartupChange Background(params IReadOnlyCollection<string> services) => Of(StartupChangeKind.Background, services);

    /// <summary>
    /// Services that the program started one after the other start together with the first of them, next to which they
    /// stand in the same enclosing scope. One that needs another still waits for it; what came after them waits for all.
    /// </summary>
    /// <param name="services">Their names. Several such changes are several groups; a service belongs to the first that names it.</param>
    /// <returns>The change.</returns>
    public static StartupChange Parallel(params IReadOnlyCollection<string> services) => Of(StartupChangeKind.Parallel, services);

    /// <summary>A service's own work takes less time; what is nested in it takes as long as before.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="percent">How much less, from 0 to 100. Several such changes of one service multiply.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is outside its range.</exception>
    public static StartupChange Speed(string service, double percent)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!(percent >= 0 && percent <= 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Allowed: 0 to 100.");
        return new StartupChange { Kind = StartupChangeKind.Speed, Services = [service], Percent = percent };
    }

    private static StartupChange Of(StartupChangeKind kind, IReadOnlyCollection<string> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new StartupChange { Kind = kind, Services = [.. services.Distinct(StringComparer.Ordinal)] };
    }
}
