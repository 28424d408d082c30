namespace PerfKit.Analysis;

/// <summary>What PerfKit's own rules are called. Each has a page in the documentation, <c>docs/rules/</c>.</summary>
public static class Rule
{
    /// <summary>PK0001: the application starts slowly, and this service is where the time goes.</summary>
    public static RuleId StartupSlow { get; } = new(1);

    /// <summary>PK0002: a service, or the process as a whole, keeps the CPU busy.</summary>
    public static RuleId CpuIntensive { get; } = new(2);

    /// <summary>PK0003: memory that is in use grows without end.</summary>
    public static RuleId MemoryLeak { get; } = new(3);

    /// <summary>PK0004: a service, or the process as a whole, moves much data or makes very many I/O calls.</summary>
    public static RuleId IoBound { get; } = new(4);

    /// <summary>PK0005: threads wait for the same lock, or services for the same CPUs.</summary>
    public static RuleId ResourceContention { get; } = new(5);

    /// <summary>PK0006: a service holds thread-pool threads that are not running.</summary>
    public static RuleId BlockingOperation { get; } = new(6);

    /// <summary>PK0007: work waits for a thread-pool thread.</summary>
    public static RuleId ThreadPoolStarvation { get; } = new(7);

    /// <summary>PK0008: garbage collections stop the application for a large part of the time.</summary>
    public static RuleId GcPressure { get; } = new(8);

    /// <summary>PK0009: exceptions are thrown all the time.</summary>
    public static RuleId ExceptionStorm { get; } = new(9);

    /// <summary>PK0010: a container's CPU quota holds the process back.</summary>
    public static RuleId CpuThrottled { get; } = new(10);

    /// <summary>PK0011: the process holds more memory than it should.</summary>
    public static RuleId MemoryPressure { get; } = new(11);

    /// <summary>PK0012: an operation takes too long, or fails too often.</summary>
    public static RuleId SlowOperation { get; } = new(12);

    /// <summary>Where a rule's page is in the repository.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>A path relative to the repository's root.</returns>
    public static string HelpPath(RuleId rule) => $"docs/rules/{rule}.md";
}
