using System.Globalization;

namespace PerfKit.Sampling;

/// <summary>How often a <see cref="ResourceSampler"/> samples, and how much it remembers.</summary>
public sealed class ResourceSamplerOptions
{
    internal const int MinHistoryCapacity = 2;
    internal const int MaxHistoryCapacity = 1_000_000;
    internal static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(10);
    internal static readonly TimeSpan MaxInterval = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan MaxCoarseHistory = TimeSpan.FromDays(7);

    /// <summary>Gets or sets the time between two samples.</summary>
    /// <value>Default 1 second. From 10 ms to 10 minutes, both included.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how many samples <see cref="ResourceSampler.History"/> keeps before it forgets the oldest.</summary>
    /// <value>Default 3,600, an hour of seconds. From 2 to 1,000,000, both included. The memory, about a kilobyte
    /// a sample, is taken when the sampler is made.</value>
    public int HistoryCapacity { get; set; } = 3600;

    /// <summary>Gets or sets how far back the <see cref="SampleHistory.Tiers"/> of the history reach.</summary>
    /// <value>Default 1 day. From zero, for no tiers, to 7 days, both included. The memory is some 840 bytes for each stretch that has
    /// passed: after a day 8.5 MB, and no more than that from then on.</value>
    public TimeSpan CoarseHistory { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets the folders whose disks are watched; their space is read every ten seconds, on the thread pool.</summary>
    /// <value>Default empty: no disk is watched. Up to 64, not blank.</value>
    public ICollection<string> DiskPaths { get; } = [];

    /// <summary>Gets or sets whether <see cref="ResourceSample.Sockets"/> is read.</summary>
    /// <value>Default <see langword="false"/>: the runtime counts sockets only while it is asked to, and tells on a thread of its own.</value>
    public bool CountsSockets { get; set; }

    /// <summary>One sentence for each field out of its range: its name, its value, what is allowed. Empty when all is well.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (Interval < MinInterval || Interval > MaxInterval)
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{nameof(Interval)} is {Interval:c}; allowed is from {MinInterval:c} to {MaxInterval:c}."));
        }

        if (HistoryCapacity is < MinHistoryCapacity or > MaxHistoryCapacity)
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{nameof(HistoryCapacity)} is {HistoryCapacity}; allowed is from {MinHistoryCapacity} to {MaxHistoryCapacity}."));
        }

        if (CoarseHistory < TimeSpan.Zero || CoarseHistory > MaxCoarseHistory)
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{nameof(CoarseHistory)} is {CoarseHistory:c}; allowed is from {TimeSpan.Zero:c} (none) to {MaxCoarseHistory:c}."));
        }

        if (DiskPaths.Count > DiskReader.MaxPaths || DiskPaths.Any(string.IsNullOrWhiteSpace))
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(DiskPaths)} has {DiskPaths.Count} entries; allowed is up to {DiskReader.MaxPaths}, none of them blank."));

        return mistakes;
    }
}
