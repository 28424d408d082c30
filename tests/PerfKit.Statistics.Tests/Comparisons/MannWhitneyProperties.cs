using FsCheck;

namespace PerfKit.Statistics.Tests;

/// <summary>Laws that hold for any two samples; few distinct values, so that ties are common, and whole, so that arithmetic is exact.</summary>
public sealed class MannWhitneyProperties
{
    [Fact]
    public void Compare_samples_exchanged_mirror_the_result() =>
        ForAnySamples((before, after) =>
        {
            MannWhitneyResult plain = MannWhitney.Compare(before, after), mirrored = MannWhitney.Compare(after, before);
            return mirrored.U == before.Length * after.Length - plain.U
                && Close(mirrored.PValueLess, plain.PValueGreater) && Close(mirrored.PValue, plain.PValue)
                && mirrored.Shift == -plain.Shift && mirrored.ShiftLow == -plain.ShiftHigh && mirrored.ShiftHigh == -plain.ShiftLow;
        });

    [Fact]
    public void Compare_shifting_one_sample_shifts_the_interval() =>
        ForAnySamples((before, after) =>
        {
            MannWhitneyResult plain = MannWhitney.Compare(before, after), shifted = MannWhitney.Compare([.. before.Select(v => v - 64)], after);
            return shifted.Shift == plain.Shift + 64 && shifted.ShiftLow == plain.ShiftLow + 64 && shifted.ShiftHigh == plain.ShiftHigh + 64;
        });

    [Fact]
    public void Compare_both_tails_share_only_what_was_observed() =>
        ForAnySamples((before, after) =>
        {
            MannWhitneyResult result = MannWhitney.Compare(before, after);
            return result is { PValue: >= 0 and <= 1, PValueLess: > 0 and <= 1, PValueGreater: > 0 and <= 1 }
                && result.PValueLess + result.PValueGreater >= 1 - 1e-9;
        });

    [Fact]
    public void Compare_shift_is_the_median_of_the_listed_differences() =>
        ForAnySamples((before, after) =>
        {
            double[] listed = [.. before.SelectMany(b => after.Select(a => a - b))];
            return MannWhitney.Compare(before, after).Shift == Quantile.Of(listed, 0.5);
        });

    private static void ForAnySamples(Func<double[], double[], bool> law)
    {
        Gen<(double[], double[])> samples =
            from first in Gen.Choose(1, 35)
            from second in Gen.Choose(1, 35)
            from before in Gen.ArrayOf(first, Gen.Choose(-12, 12))
            from after in Gen.ArrayOf(second, Gen.Choose(-12, 12))
            select (before.Select(v => (double)v).ToArray(), after.Select(v => (double)v).ToArray());

        Prop.ForAll(samples.ToArbitrary(), s => law(s.Item1, s.Item2)).QuickCheckThrowOnFailure();
    }

    private static bool Close(double? one, double? other) => Math.Abs(one!.Value - other!.Value) < 1e-9;
}
