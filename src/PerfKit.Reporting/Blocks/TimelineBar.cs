namespace PerfKit.Reporting;

/// <summary>A span of time with a name.</summary>
public sealed record TimelineBar
{
    /// <summary>Names the bar within its timeline.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The <see cref="Id"/> of the bar that this one lies in; <see langword="null"/> at the top. An unknown parent, or one
    /// that leads back to the bar itself, counts as none.
    /// </summary>
    public string? ParentId { get; init; }

    /// <summary>The name.</summary>
    public required string Label { get; init; }

    /// <summary>The beginning, from the timeline's zero; a negative one counts as zero.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>The length; for an unfinished bar, as far as it was seen. A negative one counts as zero.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What the bar stands for, and so its color.</summary>
    public TimelineBarKind Kind { get; init; }

    /// <summary>What else there is to say, such as the error; <see langword="null"/> for none.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// What the time was made of, in the order to show it; <see langword="null"/> where that is not known. The parts need not
    /// fill the bar: what is left over is shown as not known.
    /// </summary>
    public IReadOnlyList<TimelinePart>? Parts { get; init; }

    /// <summary>Further figures, such as what was allocated; <see langword="null"/> for none.</summary>
    public IReadOnlyList<ReportFact>? Facts { get; init; }

    /// <summary>Instants within the bar; <see langword="null"/> for none.</summary>
    public IReadOnlyList<TimelineMarker>? Markers { get; init; }
}
