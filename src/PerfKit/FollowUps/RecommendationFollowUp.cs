using PerfKit.Analysis;

namespace PerfKit;

/// <summary>What became of a recommendation.</summary>
public enum FollowUpVerdict
{
    /// <summary>The reports cannot tell; <see cref="RecommendationFollowUp.Reason"/> says why.</summary>
    CannotTell,

    /// <summary>Nothing in the start-up after shows that it was followed.</summary>
    NotFollowed,

    /// <summary>The figure did not change by more than noise explains: it was not followed, or did not help.</summary>
    NoEffect,

    /// <summary>The figure is worse, by more than noise explains.</summary>
    Worse,

    /// <summary>The figure is better, by less than half of what was expected.</summary>
    PartlyAchieved,

    /// <summary>The figure is better by half of what was expected, or more.</summary>
    Achieved,
}

/// <summary>What a recommendation achieved, beside what was predicted. Immutable.</summary>
public sealed record RecommendationFollowUp
{
    /// <summary>The advice in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What became of it.</summary>
    public required FollowUpVerdict Verdict { get; init; }

    /// <summary>Why the verdict is what it is, with the figures.</summary>
    public required string Reason { get; init; }

    /// <summary>The figure that was looked at, with what was expected of it; <c>null</c> for advice that names none.</summary>
    public ExpectedFigure? Expected { get; init; }

    /// <summary>What the recommendation predicted; <c>null</c> where it did not.</summary>
    public PredictedSaving? Predicted { get; init; }

    /// <summary>The figure in the report before; <c>null</c> where it is not there.</summary>
    public double? Before { get; init; }

    /// <summary>The figure in the report after; <c>null</c> where it is not there.</summary>
    public double? After { get; init; }

    /// <summary>
    /// By how much it became less, negative for more; <c>null</c> where a side is missing. For advice on start-up how much less the
    /// start waits for the services of the advice, which other changes do not disturb.
    /// </summary>
    public double? Achieved { get; init; }

    /// <summary><see cref="Achieved"/> as a part of what was expected: 1 is all of it; <c>null</c> where nothing was expected.</summary>
    public double? AchievedShare { get; init; }

    /// <summary>How surely a change that is said to be one is no noise, such as 0.95; <c>null</c> where noise is not known.</summary>
    public double? Confidence { get; init; }
}
