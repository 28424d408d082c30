namespace PerfKit.Instrumentation;

/// <summary>A scope's facts while they are still being written, in raw timestamps. Its tracker's lock guards all of it.</summary>
internal sealed class StartupEntry(string name, ServiceType type)
{
    public const int Dropped = -1;

    public readonly string Name = name;
    public readonly ServiceType Type = type;

    public int Id = Dropped;
    public string? Phase;
    public StartupEntry? Parent;
    public StartupEntry? Previous;
    public long Began;
    public long Ended;
    public int BeganOnThread;
    public int EndedOnThread;
    public bool IsAfterReady;
    public bool HasFailed;
    public string? Error;
    public List<DependencyEntry>? Dependencies;

    // Read without the lock where a child looks for an open parent.
    public volatile bool IsEnded;

    public bool IsDropped => Id == Dropped;

    /// <summary>The facts as they are now, for reading without the lock.</summary>
    public StartupEntry Copy() => new(Name, Type)
    {
        Id = Id,
        Phase = Phase,
        Parent = Parent,
        Previous = Previous,
        Began = Began,
        Ended = Ended,
        BeganOnThread = BeganOnThread,
        EndedOnThread = EndedOnThread,
        IsAfterReady = IsAfterReady,
        HasFailed = HasFailed,
        Error = Error,
        Dependencies = Dependencies?.ConvertAll(dependency => dependency.Copy()),
        IsEnded = IsEnded,
    };
}

/// <summary>A dependency's facts while they are still being written. Its tracker's lock guards all of it.</summary>
internal sealed class DependencyEntry(string name)
{
    public readonly string Name = name;
    public bool IsTimed;
    public long Began;
    public long Ended;
    public bool IsEnded;
    public bool HasFailed;

    public DependencyEntry Copy() => (DependencyEntry)MemberwiseClone();
}
