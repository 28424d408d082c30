using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Whether a recommendation was followed, as far as later starts show it.</summary>
public enum StartupFollowed
{
    /// <summary>Nothing shows that it was.</summary>
    No,

    /// <summary>Some of its services changed as it says.</summary>
    Partly,

    /// <summary>All of its services changed as it says.</summary>
    Yes,
}

/// <summary>A recommendation of the starts before, and what became of it. Immutable.</summary>
public sealed record StartupFollowUp
{
    /// <summary>The advice in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What it advised.</summary>
    public required StartupChange Change { get; init; }

    /// <summary>It was followed; told from the starts after, and so <see cref="StartupFollowed.No"/> also where they cannot tell.</summary>
    public StartupFollowed Followed { get; init; }

    /// <summary>What shows that, in words.</summary>
    public required string Sign { get; init; }

    /// <summary>The saving that was predicted for this advice alone.</summary>
    public TimeSpan Predicted { get; init; }

    /// <summary><see cref="Predicted"/> is the most that could be won, not one figure.</summary>
    public bool IsUpperBound { get; init; }

    /// <summary>
    /// How much less start-up waits for its services: their time on the critical path, medians before less after. It differs
    /// from the change of the total where something else then takes their place. <c>null</c> when it was not followed or the
    /// path was not kept.
    /// </summary>
    public TimeSpan? Achieved { get; init; }
}
