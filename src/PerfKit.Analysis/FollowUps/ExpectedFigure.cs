namespace PerfKit.Analysis;

/// <summary>How to verify a recommendation: the figure to look at again, and what it should be by then. Immutable.</summary>
public sealed record ExpectedFigure
{
    /// <summary>What it is, in words; the same words always mean the same figure. See docs/follow-ups.md for all.</summary>
    public required string Figure { get; init; }

    /// <summary>The service or the operation that it is of; <c>null</c> for the process.</summary>
    public string? Of { get; init; }

    /// <summary>Its unit.</summary>
    public required MeasureUnit Unit { get; init; }

    /// <summary>What it was when the advice was given.</summary>
    public required double Before { get; init; }

    /// <summary>
    /// What it should be at most once the advice is followed: less by the predicted saving where that is one figure; else the
    /// warning limit, at which the finding is gone. Of start-up advice with an upper bound, less by that bound.
    /// </summary>
    public required double Expected { get; init; }
}
