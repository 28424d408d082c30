namespace PerfKit.Statistics.Tests;

public sealed class LatestChangeTests
{
    [Fact]
    public void Find_step_near_the_end_is_found_and_placed()
    {
        double[] values = new Noise(1).Series(100);
        for (int i = 90; i < 100; i++)
            values[i] += 3;

        LatestChangeResult result = LatestChange.Find(values);

        Assert.Equal((ChangePointVerdict.Changed, LatestChangeKind.Step), (result.Verdict, result.Kind));
        Assert.InRange(result.PValue!.Value, 0, 0.001);
        Assert.InRange(result.Index!.Value, 88, 92);
        Assert.True(result.FirstIndex <= result.Index && result.Index <= result.LastIndex);
        Assert.InRange(result.LevelAfter!.Value - result.LevelBefore!.Value, 2, 4);
    }

    [Fact]
    public void Find_creep_that_no_neighbors_show_is_a_drift()
    {
        double[] values = new Noise(2).Series(100);
        for (int i = 70; i < 100; i++)
            values[i] += 0.15 * (i - 69);

        LatestChangeResult result = LatestChange.Find(values);

        Assert.Equal((ChangePointVerdict.Changed, LatestChangeKind.Drift), (result.Verdict, result.Kind));
    }

    [Fact]
    public void Find_fall_is_not_a_rise()
    {
        double[] values = new Noise(3).Series(100);
        for (int i = 85; i < 100; i++)
            values[i] -= 5;

        Assert.Equal(ChangePointVerdict.Unchanged, LatestChange.Find(values).Verdict);
        Assert.Equal(ChangePointVerdict.Changed, LatestChange.Find([.. values.Select(v => -v)]).Verdict);
    }

    [Fact]
    public void Find_one_value_however_high_is_no_change()
    {
        double[] values = [.. new Noise(4).Series(99), 1e6];

        LatestChangeResult result = LatestChange.Find(values);

        Assert.Equal(ChangePointVerdict.Unchanged, result.Verdict);
        Assert.InRange(result.PValue!.Value, 0.005, 0.4);          // but it is a suspect
    }

    [Fact]
    public void Find_old_step_counts_as_how_it_has_always_been()
    {
        double[] values = new Noise(5).Series(160);
        for (int i = 60; i < 160; i++)
            values[i] += 20;

        LatestChangeResult result = LatestChange.Find(values);

        Assert.Equal(ChangePointVerdict.Unchanged, result.Verdict);
        Assert.Equal(60, result.Start);
        Assert.InRange(result.LevelBefore!.Value, 19, 21);
    }

    // Nominal rate 0.005; the limits are what 400 series allow for, and, where neighbors are alike, the documented excess.
    [Theory]
    [InlineData("normal", 6)]
    [InlineData("heavy", 6)]
    [InlineData("bimodal", 6)]
    [InlineData("memory 0.5", 7)]
    [InlineData("memory 0.9", 10)]
    public void Find_unchanged_series_keep_the_false_alarm_rate(string kind, int most)
    {
        int raised = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var noise = new Noise(1000 + seed);
            double[] values = kind switch
            {
                "heavy" => noise.Series(150, noise.HeavyTailed),
                "bimodal" => noise.Series(150, noise.Bimodal),
                "memory 0.5" => noise.Autocorrelated(150, 0.5),
                "memory 0.9" => noise.Autocorrelated(150, 0.9),
                _ => noise.Series(150),
            };
            raised += LatestChange.Find(values).Verdict == ChangePointVerdict.Changed ? 1 : 0;
        }

        Assert.InRange(raised, 0, most);
    }

    // A short reference says little about its memory. The limit is 1 % of 400 series and two standard deviations.
    [Theory]
    [InlineData(40, 0.7, 8)]
    [InlineData(60, 0.7, 8)]
    [InlineData(40, 0.9, 8)]
    [InlineData(60, 0.9, 8)]
    public void Find_short_unchanged_series_of_alike_neighbors_keep_the_false_alarm_rate(int count, double memory, int most)
    {
        int raised = Enumerable.Range(0, 400).Count(seed =>
            LatestChange.Find(new Noise(2000 + seed).Autocorrelated(count, memory)).Verdict == ChangePointVerdict.Changed);

        Assert.InRange(raised, 0, most);
    }

    [Theory]
    [InlineData(0.0, 0, 0.35)]
    [InlineData(0.5, 0.3, 0.7)]
    [InlineData(0.9, 0.75, 0.98)]
    public void Find_memory_is_near_the_true_one(double memory, double least, double most)
    {
        double told = Enumerable.Range(0, 50).Average(seed => LatestChange.Find(new Noise(3000 + seed).Autocorrelated(80, memory)).Memory!.Value);

        Assert.InRange(told, least, most);
    }

    [Fact]
    public void Power_at_another_rate_is_that_of_its_own()
    {
        double[] values = new Noise(11).Autocorrelated(100, 0.3);
        LatestChangePower strict = LatestChange.Power(values)!, own = LatestChange.Power(values, new LatestChangeOptions { FalseAlarmRate = 0.4 })!;

        Assert.Equal(own.Of(1, 5), strict.At(0.4).Of(1, 5));
        Assert.True(strict.Of(1, 5) < own.Of(1, 5));
        Assert.Throws<ArgumentException>("falseAlarmRate", () => strict.At(0.5));
    }

    [Fact]
    public void Power_sees_what_it_states()
    {
        LatestChangePower power = LatestChange.Power(new Noise(7).Series(120))!;
        double stated = power.Of(1.5, 10);

        Assert.InRange(stated, 0.1, 0.9);
        Assert.True(power.Sees(1.5, stated, 10));
        Assert.False(power.Sees(1.5, stated + 0.001, 10));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => power.Sees(1.5, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>("runs", () => power.Sees(1.5, 0.9, 31));
    }

    [Fact]
    public void Power_agrees_with_what_is_found()
    {
        double stated = 0;
        int found = 0;
        const int Series = 60;
        for (int seed = 0; seed < Series; seed++)
        {
            double[] values = new Noise(500 + seed).Autocorrelated(130, 0.3);
            stated += LatestChange.Power(values.AsSpan(0, 120))!.Of(1.5, 10) / Series;
            for (int i = 120; i < 130; i++)
                values[i] += 1.5;
            found += Enumerable.Range(121, 10).Any(n => LatestChange.Find(values.AsSpan(0, n)).Verdict == ChangePointVerdict.Changed) ? 1 : 0;
        }

        Assert.InRange(found / (double)Series, stated - 0.15, stated + 0.15);      // two standard deviations of 60 series
    }

    [Fact]
    public void Power_grows_with_the_step_and_with_the_runs()
    {
        LatestChangePower power = LatestChange.Power(new Noise(7).Series(120))!;

        Assert.True(power.Of(1, 10) < power.Of(2, 10));
        Assert.True(power.Of(1.5, 3) < power.Of(1.5, 20));
        Assert.True(power.SmallestStep(0.9, 20) < power.SmallestStep(0.9, 5));
        Assert.True(power.RunsToSee(1, 0.9) > power.RunsToSee(2, 0.9));
        double smallest = power.SmallestStep(0.9, 10)!.Value;
        Assert.InRange(power.Of(smallest, 10), 0.9, 0.95);
    }

    [Theory]
    [InlineData(29, ChangePointVerdict.Unknown)]
    [InlineData(30, ChangePointVerdict.Unchanged)]
    public void Find_too_few_values_are_an_answer_of_their_own(int count, ChangePointVerdict expected)
    {
        double[] values = [double.NaN, .. new Noise(8).Series(count)];

        Assert.Equal((expected, count), (LatestChange.Find(values).Verdict, LatestChange.Find(values).Count));
        Assert.Equal(expected == ChangePointVerdict.Unknown, LatestChange.Power(values) is null);
    }

    [Fact]
    public void Find_values_all_alike_are_unchanged_and_have_no_power()
    {
        double[] values = Enumerable.Repeat(5.0, 60).ToArray();

        Assert.Equal(ChangePointVerdict.Unchanged, LatestChange.Find(values).Verdict);
        Assert.Null(LatestChange.Power(values));
    }

    [Fact]
    public void Find_unit_and_offset_do_not_matter()
    {
        double[] values = new Noise(9).Autocorrelated(90, 0.4);

        LatestChangeResult plain = LatestChange.Find(values), scaled = LatestChange.Find([.. values.Select(v => v * 4096 + 65536)]);

        Assert.Equal(plain.Index, scaled.Index);
        Assert.Equal(plain.PValue!.Value, scaled.PValue!.Value, 6);
    }

    [Theory]
    [InlineData(0, 30, 30, "FalseAlarmRate is 0; allowed is above 0 and below 0.5.")]
    [InlineData(0.5, 7, 19, "FalseAlarmRate is 0.5; allowed is above 0 and below 0.5. Window is 7; allowed is from 8 to 100. MinimumCount is 19; allowed is from 20 to 1000.")]
    [InlineData(0.01, 101, 1001, "Window is 101; allowed is from 8 to 100. MinimumCount is 1001; allowed is from 20 to 1000.")]
    public void Find_options_out_of_range_are_refused_all_at_once(double rate, int window, int minimum, string message)
    {
        var options = new LatestChangeOptions { FalseAlarmRate = rate, Window = window, MinimumCount = minimum };

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(nameof(options), () => LatestChange.Find([1], options)).Message);
    }
}
