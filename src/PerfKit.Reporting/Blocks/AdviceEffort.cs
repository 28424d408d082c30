namespace PerfKit.Reporting;

/// <summary>How much work a recommendation is.</summary>
public enum AdviceEffort
{
    /// <summary>An hour or so.</summary>
    Low,

    /// <summary>A day or so.</summary>
    Medium,

    /// <summary>A piece of work to plan.</summary>
    High,
}
