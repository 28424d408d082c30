using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Where a service was discovered.</summary>
public enum ServiceOrigin
{
    /// <summary>A process of this machine.</summary>
    Process,

    /// <summary>A hosted service registered in this application's container.</summary>
    HostedService,

    /// <summary>A start-up scope of this process.</summary>
    StartupScope,

    /// <summary>A service context of this process.</summary>
    ServiceContext,

    /// <summary>An operation meter of this process.</summary>
    OperationMeter,
}

/// <summary>A service, as it was discovered. A figure that cannot be had is <c>null</c>. Immutable.</summary>
public sealed record ServiceInfo
{
    /// <summary>The service's or the process's name.</summary>
    public required string Name { get; init; }

    /// <summary>How much this application needs it, by <see cref="PerformanceAuditorOptions.ServiceTypeRules"/>.</summary>
    public ServiceType Type { get; init; }

    /// <summary>How much its start-up scope says it is needed; <c>null</c> without one.</summary>
    public ServiceType? DeclaredType { get; init; }

    /// <summary>Where it was discovered first.</summary>
    public ServiceOrigin Origin { get; init; }

    /// <summary>Its process; of a service inside this process, this process.</summary>
    public int ProcessId { get; init; }

    /// <summary>The process that started it; <c>null</c> for a service inside this process, and where unknown.</summary>
    public int? ParentProcessId { get; init; }

    /// <summary>Whether it is a process that this one has started, or one that such a process has started; where parents are known.</summary>
    public bool IsStartedByThisProcess { get; init; }

    /// <summary>When its process, or its first start-up scope, began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long it took to start, for a service with a start-up scope.</summary>
    public TimeSpan? StartupDuration { get; init; }

    /// <summary>CPU time used since it started.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Working set in bytes; only of processes.</summary>
    public long? WorkingSetBytes { get; init; }

    /// <summary>Bytes read through system calls since it started; <c>null</c> for a process that belongs to somebody else.</summary>
    public long? IoReadBytes { get; init; }

    /// <summary>Bytes written likewise.</summary>
    public long? IoWrittenBytes { get; init; }

    /// <summary>Operations that its meter has counted; <c>null</c> without a meter of its name.</summary>
    public long? OperationCount { get; init; }

    /// <summary>Threads; only of processes.</summary>
    public int? ThreadCount { get; init; }

    /// <summary>Processes that it has started and that still run; only of processes, where parents are known.</summary>
    public int? ChildCount { get; init; }

    /// <summary>TCP ports at which it listens, sorted; only of processes. <c>null</c> where they cannot be seen.</summary>
    public IReadOnlyList<int>? ListeningPorts { get; init; }

    /// <summary>Id of its container; only of processes, and <c>null</c> outside of a container or where it cannot be seen.</summary>
    public string? ContainerId { get; init; }
}
