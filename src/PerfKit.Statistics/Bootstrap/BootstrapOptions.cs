using System.Globalization;

namespace PerfKit.Statistics;

/// <summary>How <see cref="Bootstrap"/> draws. Immutable.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Gets how surely the interval covers the true figure. Default 0.95; between 0 and 1, both excluded.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets how many samples are drawn. Default 2,000; from 100 to 1,000,000. Efron and Tibshirani ask for 1,000 and more.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Gets the seed of the draws; any number will do, and equal seeds give equal intervals. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string parameter)
    {
        var mistakes = new List<string>();
        if (!(Confidence is > 0 and < 1))
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(Confidence)} is {Confidence}; allowed is between 0 and 1, both excluded."));
        if (Resamples is < 100 or > 1_000_000)
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(Resamples)} is {Resamples}; allowed is from 100 to 1000000."));
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), parameter);
    }
}
