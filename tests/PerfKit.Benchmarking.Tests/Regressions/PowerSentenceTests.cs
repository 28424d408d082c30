namespace PerfKit.Benchmarking.Tests;

public sealed class PowerSentenceTests
{
    [Theory]
    [InlineData(1.12, 1.06, 19, "This gate cannot see less than 12 % within 10 runs (6 % when suspects are rerun); 9 more runs would see 5 %.")]
    [InlineData(1.12, 1.064, null, "This gate cannot see less than 12 % within 10 runs (6.4 % when suspects are rerun); even 30 runs would not see 5 %.")]
    [InlineData(1.03, 1.02, 4, "This gate cannot see less than 3 % within 10 runs (2 % when suspects are rerun).")]
    [InlineData(null, null, null, "This gate sees nothing within 10 runs; even 30 runs would not see 5 %.")]
    public void Sentence_says_what_the_figures_say(double? smallest, double? rerun, int? runs, string expected)
    {
        var power = new GatePower
        {
            Probability = 0.9,
            Runs = 10,
            MostRuns = 30,
            SmallestRatio = smallest,
            SmallestRatioWithReruns = rerun,
            TargetRatio = 1.05,
            RunsToTarget = runs,
        };

        Assert.Equal(expected, power.Sentence);
    }
}
