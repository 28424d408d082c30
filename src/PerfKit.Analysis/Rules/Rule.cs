namespace PerfKit.Analysis;

/// <summary>What PerfKit's own rules are called. Each has a page in the documentation, <c>docs/rules/</c>.</summary>
public static class Rule
{
    /// <summary>PK0001: the application starts slowly, and this service is where the time goes.</summary>
    public static RuleId StartupSlow { get; } = new(1);

    /// <summary>PK0002: a service, or the process as a whole, keeps the CPU busy.</summary>
    public static RuleId CpuIntensive { get; } = new(2);

    /// <summary>PK0004: a service, or the process as a whole, moves much data or makes very many I/O calls.</summary>
    public static RuleId IoBound { get; } = new(4);

    /// <summary>PK0006: a service holds thread-pool threads that are not running.</summary>
    public static RuleId BlockingOperation { get; } = new(6);

    /// <summary>PK0011: the process holds more memory than it should.</summary>
    public static RuleId MemoryPressure { get; } = new(11);

    /// <summary>Where a rule's page is in the repository.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>A path relative to the repository's root.</returns>
    public static string HelpPath(RuleId rule) => $"docs/rules/{rule}.md";
}
