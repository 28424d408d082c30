namespace PerfKit.Storage.Sqlite;

/// <summary>How an <see cref="SqliteStore"/> keeps runs.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// Gets how many runs are kept; at least 1, by default 100,000. Beyond it, the runs with the oldest
    /// <see cref="AuditRun.FinishedAt"/> are forgotten, in portions: at times 64 more, or 1/64 of this when that is less, are there.
    /// </summary>
    public int MaxRuns { get; init; } = 100_000;

    /// <summary>
    /// Gets how long after its <see cref="AuditRun.FinishedAt"/> a run is in the answers; more than zero. <see langword="null"/>, the
    /// default, means that age does not matter. Runs that are too old stay in the file until they are beyond <see cref="MaxRuns"/>: a
    /// clock that is wrong hides runs until it is right again, and forgets none.
    /// </summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets how long a call waits for others that write; zero or more, by default 30 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets whether what was kept survives a power cut, too, at the price of waiting for the disk at each append. By default
    /// <see langword="false"/>: it survives the end of the process, however sudden, but a power cut or a crash of the operating system may
    /// take the newest runs along. The database stays sound either way.
    /// </summary>
    public bool SurvivesPowerCut { get; init; }

    internal void Validate()
    {
        string[] mistakes =
        [
            .. MaxRuns < 1 ? [$"MaxRuns is {MaxRuns}; allowed is 1 or more."] : Array.Empty<string>(),
            .. MaxAge <= TimeSpan.Zero ? [$"MaxAge is {MaxAge}; allowed is more than zero, or null."] : Array.Empty<string>(),
            .. BusyTimeout < TimeSpan.Zero ? [$"BusyTimeout is {BusyTimeout}; allowed is zero or more."] : Array.Empty<string>(),
        ];
        if (mistakes.Length > 0)
            throw new ArgumentException(string.Join(' ', mistakes), "options");
    }
}
