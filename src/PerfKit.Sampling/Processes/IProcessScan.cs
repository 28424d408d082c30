namespace PerfKit.Sampling;

/// <summary>Goes through the processes of one kind of operating system; never throws but for cancellation. Used by one thread at a time.</summary>
internal interface IProcessScan
{
    /// <summary>Whether a process without a parent has none, so that children can be counted.</summary>
    bool KnowsParents { get; }

    /// <summary>Adds what runs now, in any order.</summary>
    void Scan(List<ProcessInfo> found, CancellationToken ct);

    /// <summary>Closes what is kept open for the next scan, which opens it again.</summary>
    void Release();
}
