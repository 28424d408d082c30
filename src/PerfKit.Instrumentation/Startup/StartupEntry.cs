namespace PerfKit.Instrumentation;

/// <summary>
/// A scope's facts while they are still being written, in raw timestamps. Its tracker's lock guards all of it but what it is
/// charged with, which <see cref="StartupBook"/> guards.
/// </summary>
internal sealed class StartupEntry(object nameOrSubject, ServiceType type, StartupEntry? around, bool isMetered)
{
    public const int Dropped = -1;

    private string? _name = nameOrSubject as string;

    public readonly ServiceType Type = type;

    /// <summary>The open scope that it began in, whichever tracker's; its work is no longer charged there.</summary>
    public readonly StartupEntry? Around = around;

    /// <summary>Its tracker goes by the system's clock, so that the platform's counters can say what its time was made of.</summary>
    public readonly bool IsMetered = isMetered;

    public int Id = Dropped;
    public string? Phase;
    public StartupEntry? Parent;
    public StartupEntry? Previous;
    public long Began;
    public long Ended;
    public int BeganOnThread;
    public int EndedOnThread;
    public bool IsAfterReady;
    public bool IsLoadTimed;
    public bool HasFailed;
    public string? Error;
    public List<DependencyEntry>? Dependencies;
    public StartupCharge Charge;
    public List<LoadEntry>? AssemblyLoads;

    /// <summary>The service's name; not to be asked under a lock, as a subject may take its time.</summary>
    public string Name => _name ??= Names.Clean(Subject!.Name);

    /// <summary>What the scope is about; <c>null</c> where it was given a name.</summary>
    public IStartupSubject? Subject => nameOrSubject as IStartupSubject;

    /// <summary>What the service needs: as its subject says, then as was mentioned. Likewise.</summary>
    public IEnumerable<DependencyEntry> Needs => Subject is not { } subject
        ? Dependencies ?? []
        : subject.Dependencies.Select(Names.Clean).Distinct(StringComparer.Ordinal)
            .Where(name => Dependencies?.Exists(mentioned => mentioned.Name == name) != true)
            .Select(name => new DependencyEntry(name)).Concat(Dependencies ?? []);

    // Read without the lock where a child looks for an open parent.
    public volatile bool IsEnded;

    public bool IsDropped => Id == Dropped;

    /// <summary>The scope that work done in this one is charged to: itself, or the nearest around it that is open.</summary>
    public StartupEntry? Charged
    {
        get
        {
            StartupEntry? entry = this;
            while (entry is not null && (entry.IsEnded || !entry.IsMetered))
                entry = entry.Around;
            return entry;
        }
    }

    /// <summary>The facts, without what the scope is charged with, for reading without the lock.</summary>
    public StartupEntry CopyFacts() => new(nameOrSubject, Type, Around, IsMetered)
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
        IsLoadTimed = IsLoadTimed,
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
