namespace PerfKit.Reporting;

/// <summary>What gets a place in the lanes: a bar, or a bundle of neighbors (each with all that lies in it) too narrow to be seen apart.</summary>
/// <param name="Parent">The item it lies in, or -1.</param>
/// <param name="Bars">Indices of the bars, in order of start; at least one.</param>
internal sealed record TimelineItem(int Parent, List<int> Bars)
{
    public List<int> Children { get; } = [];

    public TimeSpan Start { get; set; }

    public TimeSpan End { get; set; }
}
