using System.Text.RegularExpressions;

namespace PerfKit.Reporting.Tests;

public sealed class ChartTests
{
    [Fact]
    public void Create_keeps_the_peak_of_many_samples()
    {
        ChartPoint[] points = [.. Enumerable.Range(0, 100_000).Select(i => new ChartPoint(TimeSpan.FromMilliseconds(i), i == 77_777 ? 99 : 1))];

        ChartFrame frame = ChartFrame.Create(Chart(points), 240);

        Assert.Equal(240, frame.Columns.Length);
        Assert.Equal(99, frame.Lines[0].Columns.Max(column => column.Maximum));
        Assert.Equal((1, 1, 99), (frame.Lines[0].Minimum, frame.Lines[0].Median, frame.Lines[0].Maximum));
    }

    [Fact]
    public void Create_of_unknown_figures_makes_gaps_not_zeros()
    {
        ChartFrame frame = ChartFrame.Create(Chart(At(0, 5), At(1, null), At(2, double.NaN), At(3, 7)), 10);

        Assert.Equal([false, true, true, false], frame.Lines[0].Columns.Select(column => column.IsGap));
        Assert.Equal((5, 6, 7), (frame.Lines[0].Minimum, frame.Lines[0].Median, frame.Lines[0].Maximum));
        Assert.Equal("▆··█", Sparkline.Draw(frame.Lines[0]));
    }

    [Fact]
    public void Html_of_a_gap_breaks_the_line_and_shows_a_lonely_sample_as_a_dot()
    {
        string html = Document(Chart(At(0, 1), At(1, 2), At(2, null), At(3, 3), At(4, null), At(5, 4), At(6, 5))).Render(ReportRenderers.Html);

        string path = Regex.Match(html, "class=\"line c-0\" d=\"([^\"]*)\"").Groups[1].Value;
        Assert.Equal(3, path.Count(c => c == 'M'));
        Assert.Equal(1, Regex.Count(html, "^<circle class=\"dot alone c-0\"", RegexOptions.Multiline));
    }

    [Fact]
    public void Html_of_a_limit_far_above_names_it_without_flattening_the_line()
    {
        ChartBlock chart = Chart(At(0, 1), At(1, 2)) with { Limits = [new("far", 1000), new("near", 3)] };

        string html = Document(chart).Render(ReportRenderers.Html);

        Assert.Contains("<b>1000</b>, beyond this chart", html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(html, "<g class=\"limit "));
    }

    [Fact]
    public void Text_of_a_limit_names_the_series_that_are_above_it()
    {
        ChartBlock chart = new()
        {
            Title = "CPU", Unit = Unit.Percent, Limits = [new("warning", 80)],
            Series = [new ChartSeries("process", [At(0, 30), At(1, 40)]), new ChartSeries("machine", [At(0, 30), At(1, 95)])],
        };

        Assert.Contains("limit 80 %, peaks above it: machine\n", Document(chart).Render(ReportRenderers.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3.59, Unit.Cores, "0,1,2,3,4")]
    [InlineData(0.087, Unit.Seconds, "0,50 ms,100 ms")]
    [InlineData(500.0 * 1024 * 1024, Unit.Bytes, "0,128 MiB,256 MiB,384 MiB,512 MiB")]
    [InlineData(0, Unit.Percent, "0,50 %,100 %")]
    [InlineData(1_234_567, Unit.BytesPerSecond, "0,0.5 MB/s,1 MB/s,1.5 MB/s")]
    public void ForValues_gives_round_ticks_from_zero_to_above_the_highest(double highest, Unit unit, string expected)
    {
        AxisScale scale = AxisScale.ForValues(0, highest, unit);

        Assert.Equal(expected, string.Join(",", scale.Ticks.Select(scale.Label)));
        Assert.True(scale.Maximum >= highest);
    }

    [Theory]
    [InlineData(6.42, "0,2 s,4 s,6 s")]
    [InlineData(0.25, "0,50 ms,100 ms,150 ms,200 ms,250 ms")]
    [InlineData(600, "0,2 min,4 min,6 min,8 min,10 min")]
    [InlineData(86_400, "0,6 h,12 h,18 h,24 h")]
    public void ForTime_gives_round_ticks_within_the_length(double seconds, string expected)
    {
        AxisScale scale = AxisScale.ForTime(0, seconds, 6);

        Assert.Equal(expected, string.Join(",", scale.Ticks.Select(scale.Label)));
    }

    [Fact]
    public void Ticks_far_from_zero_end()
    {
        Assert.InRange(AxisScale.ForTime(9e17, 9e17 + 1e3, 6).Ticks.Count(), 0, 21);
        Assert.InRange(AxisScale.ForTime(9e11, 9e11 + 1e-4, 6).Ticks.Count(), 0, 21);
    }

    private static ChartPoint At(int second, double? value) => new(TimeSpan.FromSeconds(second), value);

    [Fact]
    public void Render_marker_stands_at_its_instant_in_html_and_is_named_everywhere()
    {
        ChartBlock chart = Chart(At(0, 1), At(1, 2), At(4, 2)) with
        {
            Markers = [new("step up", TimeSpan.FromSeconds(1)), new("beyond", TimeSpan.FromSeconds(9))],
        };

        string html = Document(chart).Render(ReportRenderers.Html);

        Assert.Contains("<g class=\"marker\"><title>step up</title><line x1=\"25%\" x2=\"25%\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("beyond", html, StringComparison.Ordinal);
        Assert.Contains("▲ 1.00 s: step up", Document(chart).Render(ReportRenderers.Text), StringComparison.Ordinal);
        Assert.Contains("▲ 1.00 s: step up", Document(chart).Render(ReportRenderers.Markdown), StringComparison.Ordinal);
    }

    private static ChartBlock Chart(params ChartPoint[] points) => new() { Title = "c", Unit = Unit.Count, Series = [new("s", points)] };

    private static ReportDocument Document(ReportBlock block) =>
        new() { Title = "t", CreatedAt = DateTimeOffset.UnixEpoch, Sections = [new() { Title = "s", Blocks = [block] }] };
}
