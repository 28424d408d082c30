using FsCheck;

namespace PerfKit.Reporting.Tests;

public sealed class ReportDocumentTests
{
    [Fact]
    public void Combine_puts_parts_one_after_another_and_tells_like_names_apart()
    {
        ReportDocument first = Part("Start-up", "catalogue", 1, "Time", "Overview");
        ReportDocument second = Part("Run time", "catalogue", 2, "Time", "Overview") with { Facts = [new("Time", default), new("CPU", default)] };

        ReportDocument whole = ReportDocument.Combine("All", first, second);

        Assert.Equal(("All", "catalogue", second.CreatedAt), (whole.Title, whole.Subtitle, whole.CreatedAt));
        Assert.Equal(["Start-up: Time", "Run time: Time", "CPU"], whole.Facts.Select(fact => fact.Label));
        Assert.Equal(["Start-up: Overview", "Run time: Overview"], whole.Sections.Select(section => section.Title));
    }

    [Fact]
    public void Combine_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ReportDocument.Combine("All"));
    }

    [Fact]
    public void Render_of_an_empty_document_works_in_every_form()
    {
        var empty = new ReportDocument { Title = "Empty", CreatedAt = DateTimeOffset.UnixEpoch };

        Assert.All(ReportRenderers.All, renderer => Assert.Contains("Empty", empty.Render(renderer), StringComparison.Ordinal));
    }

    [Fact]
    public void Render_of_any_document_works_in_every_form()
    {
        Prop.ForAll(DocumentGenerator.Documents, document =>
            Assert.All(ReportRenderers.All, renderer => Assert.NotEmpty(document.Render(renderer)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Render_ends_every_line_with_a_line_feed_alone()
    {
        Assert.All(ReportRenderers.All, renderer =>
        {
            string text = SampleDocument.Create().Render(renderer);
            Assert.DoesNotContain('\r', text);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(160)]
    public void Text_of_the_sample_stays_within_the_width(int width)
    {
        string text = SampleDocument.Create().Render(ReportRenderers.CreateText(new TextRendererOptions { Width = width }));

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width, line));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(400, true)]
    [InlineData(401, false)]
    public void Text_width_is_60_to_400(int width, bool allowed)
    {
        Exception? error = Record.Exception(() => new TextRendererOptions { Width = width });

        Assert.Equal(allowed, error is null);
    }

    [Fact]
    public void Render_of_a_brief_text_has_findings_and_advice_and_names_the_rest()
    {
        ReportDocument document = new()
        {
            Title = "shop",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Sections =
            [
                new()
                {
                    Title = "What is slow",
                    Blocks =
                    [
                        new NoticeBlock("half an hour only"),
                        new FindingsBlock { Title = "Found", Findings = [new() { RuleId = "R1", Title = "Slow", Severity = FindingSeverity.High, Impact = 50, Description = "It waits.", Evidence = [new("the wait", Quantity.Of(TimeSpan.FromSeconds(1)))] }] },
                        new AdviceBlock { Title = "Advice", Items = [new() { RuleId = "R1", Title = "Be fast", Actions = ["Run."], Basis = "a reason", Verify = "a check", Effort = AdviceEffort.Low, Priority = AdvicePriority.High }] },
                        new ParagraphBlock("a long story"),
                    ],
                },
                new() { Title = "Charts", Blocks = [new ParagraphBlock("a picture")] },
                new() { Title = "Locks", Blocks = [new NoticeBlock("not watched")] },
            ],
        };

        string text = document.Render(ReportRenderers.CreateText(new TextRendererOptions { Brief = true }));

        Assert.All(["half an hour only", "Slow", "It waits.", "Be fast", "Run.", "not watched", "Left out here: evidence and reasons; Charts."], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.All(["the wait", "a reason", "a check", "a long story", "a picture"], part => Assert.DoesNotContain(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_with_color_differs_only_by_escape_sequences()
    {
        string plain = SampleDocument.Create().Render(ReportRenderers.Text);
        string colored = SampleDocument.Create().Render(ReportRenderers.CreateText(new TextRendererOptions { Color = true }));

        Assert.DoesNotContain('\u001b', plain);
        Assert.Contains("\u001b[91m", colored, StringComparison.Ordinal);
        string stripped = System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[[0-9]+m", "");
        Assert.Equal(
            plain.Split('\n').Select(line => line.TrimEnd()),
            stripped.Split('\n').Select(line => line.TrimEnd()));
    }

    private static ReportDocument Part(string title, string subtitle, int second, string fact, string section) => new()
    {
        Title = title,
        Subtitle = subtitle,
        CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(second),
        Facts = [new(fact, default)],
        Sections = [new() { Title = section }],
    };
}
