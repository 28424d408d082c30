using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What one service of the audited program does, with its size and shape. Of PerfKit it knows meters and contexts, as a user's code does.</summary>
internal abstract record Workload
{
    /// <summary>The service that it runs as.</summary>
    public string Service { get; init; } = "";

    /// <summary>Makes the program's surroundings, before PerfKit and anything else is there; what it returns is disposed at the end.</summary>
    public virtual IDisposable? Surround() => null;

    /// <summary>What the service does before the application is ready.</summary>
    public virtual Task StartAsync(Premises premises) => Task.CompletedTask;

    /// <summary>How long it must be watched for a verdict to be possible at all.</summary>
    public virtual TimeSpan Audit => TimeSpan.FromSeconds(5);

    /// <summary>What it does from then on, until it is stopped. It returns when it has stopped.</summary>
    public virtual Task RunAsync(Premises premises, CancellationToken stop) => Task.CompletedTask;
}

/// <summary>A workload with something wrong: what it is, and what physics adds to it.</summary>
internal abstract record Fault : Workload
{
    /// <summary>What must be found.</summary>
    public abstract IReadOnlyList<BottleneckType> Injected { get; }

    /// <summary>What follows from the fault by the way machines work, whatever PerfKit says: neither rewarded nor punished.</summary>
    public virtual IReadOnlyList<BottleneckType> Accompanying => [];

    /// <summary>
    /// Cores that the program must have got for the fault to be there at all: where other programs took them, nothing was injected
    /// that could be found, and the case is set aside.
    /// </summary>
    public virtual double LeastCores => 0;

    /// <summary>The names of which a finding must carry one.</summary>
    public virtual IReadOnlyList<string> Culprits => [Service];

    /// <summary>The service has followed PerfKit's recommendation. Its load is the same.</summary>
    public bool IsFixed { get; init; }
}
