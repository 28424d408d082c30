using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>How much work a recommendation is.</summary>
public enum Effort
{
    /// <summary>A setting, or a few lines in one place.</summary>
    Low,

    /// <summary>A change to one service.</summary>
    Medium,

    /// <summary>A change to how services work together.</summary>
    High,
}

/// <summary>What following a recommendation should save: a range, as wide as the prediction is unsure. Immutable.</summary>
/// <param name="AtLeast">Lower end.</param>
/// <param name="AtMost">Upper end; equal to the lower end for a prediction by replay.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Measure">What is saved, in words.</param>
public sealed record PredictedSaving(double AtLeast, double AtMost, MeasureUnit Unit, string Measure);

/// <summary>What to do about a bottleneck, or to start sooner than is needed. Immutable.</summary>
public sealed record Recommendation
{
    /// <summary>The rule whose finding it answers.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The service to change.</summary>
    public required string Service { get; init; }

    /// <summary>The advice in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What to do, in order; never empty.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>How much work it is.</summary>
    public Effort Effort { get; init; }

    /// <summary>How pressing it is: the bottleneck's severity; <see cref="Severity.Low"/> where it answers none.</summary>
    public Severity Priority { get; init; }

    /// <summary>What it should save; <c>null</c> when nothing measured supports a figure.</summary>
    public PredictedSaving? Saving { get; init; }

    /// <summary>What the prediction rests on, or why there is none.</summary>
    public required string Basis { get; init; }

    /// <summary>How to see whether it helped.</summary>
    public required string Verification { get; init; }

    /// <summary>
    /// The figure that says whether it helped, and what is expected of it. <c>null</c> for advice on findings of your own rules
    /// that does not set it, and where the figure is not known.
    /// </summary>
    public ExpectedFigure? Expected { get; init; }

    /// <summary>The bottleneck's evidence, or what the advice rests on where it answers none; never empty.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>
    /// The changes to start-up that it advises and that its saving was predicted with, so that a later start can be checked
    /// against them; empty for advice on anything else.
    /// </summary>
    public IReadOnlyList<StartupChange> Changes { get; init => field = value ?? []; } = [];
}
