using System.Globalization;
using PerfKit.Analysis;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>Samples in a file, to try alert rules over them later or elsewhere: see <see cref="AlertBackTest"/>. Immutable.</summary>
public sealed record SampleRecording
{
    // A machine may have slept for long. A million samples so far apart still add up to less than the longest time span.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(10);

    /// <summary>Version of the JSON shape.</summary>
    public int FormatVersion { get; init; } = ReportJson.FormatVersion;

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The samples, oldest first.</summary>
    public required IReadOnlyList<ResourceSample> Samples { get; init; }

    /// <summary>What an auditor's sampler remembers now: an hour, by default.</summary>
    /// <param name="auditor">The auditor.</param>
    /// <returns>The recording; empty when nothing was sampled.</returns>
    public static SampleRecording Of(IPerformanceAuditor auditor)
    {
        ArgumentNullException.ThrowIfNull(auditor);
        return new SampleRecording { Application = auditor.ApplicationName, Samples = auditor.Sampler.History.ToArray() };
    }

    /// <summary>The recording as JSON.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson() => ReportJson.Write(this, ReportJson.Context.SampleRecording);

    /// <summary>Reads a recording that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The recording.</returns>
    /// <exception cref="FormatException">The text is no such recording; the message names the place, and what is allowed. An interval may be 0 to 10 days.</exception>
    public static SampleRecording FromJson(string json)
    {
        SampleRecording recording = ReportJson.Read(json, ReportJson.Context.SampleRecording);
        ReportJson.CheckVersion(recording.FormatVersion);
        for (int i = 0; i < recording.Samples.Count; i++)
        {
            if (recording.Samples[i].Interval is { } interval && (interval < TimeSpan.Zero || interval > LongestInterval))
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"$.samples[{i}].interval is {interval:c}; allowed: 00:00:00 to {LongestInterval:c}."));
        }
        return recording;
    }

    /// <summary>Writes the recording as JSON; an existing file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>A task that ends when the file is in place.</returns>
    public Task SaveJsonAsync(string path, CancellationToken cancellationToken = default) =>
        ReportJson.SaveAsync(ToJson(), path, cancellationToken);
}
