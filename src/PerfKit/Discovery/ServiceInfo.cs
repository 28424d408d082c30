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
}

/// <summary>A service, as it was discovered. A figure that cannot be had is <c>null</c>. Immutable.</summary>
public sealed record ServiceInfo
{
    /// <summary>The service's or the process's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// How much this application needs it: as declared by its start-up scope; else a hosted service is
    /// <see cref="ServiceType.Background"/>, this process and a service context are <see cref="ServiceType.Essential"/>,
    /// a child process is <see cref="ServiceType.Optional"/> and any other process <see cref="ServiceType.Background"/>.
    /// </summary>
    public ServiceType Type { get; init; }

    /// <summary>Where it was discovered first.</summary>
    public ServiceOrigin Origin { get; init; }

    /// <summary>Its process; of a service inside this process, this process.</summary>
    public int ProcessId { get; init; }

    /// <summary>The process that started it; <c>null</c> for a service inside this process, and where unknown.</summary>
    public int? ParentProcessId { get; init; }

    /// <summary>When its process, or its first start-up scope, began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long it took to start, for a service with a start-up scope.</summary>
    public TimeSpan? StartupDuration { get; init; }

    /// <summary>CPU time used since it started.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Working set in bytes; only of processes.</summary>
    public long? WorkingSetBytes { get; init; }

    /// <summary>Bytes read and written through system calls since it started.</summary>
    public long? IoBytes { get; init; }

    /// <summary>Threads; only of processes.</summary>
    public int? ThreadCount { get; init; }
}
