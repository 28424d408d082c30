using System.Text.RegularExpressions;

namespace PerfKit.Reporting.Tests;

public sealed partial class HostileTextTests
{
    public static TheoryData<string> Names() => new(
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title><b>",
        "</script><!--",
        "]]>&amp;&#60;b&#62;",
        "שלום עולם مرحبا",
        "\u202Egnp.exe\u0000\u001b[31mred\u0007\r\n\ttail",
        "half \uD83D pair \uDE00",
        "| a | `b` **c** [d](javascript:e) # f\n- g\n```\nh",
        new string('n', 300),
        "");

    [Theory]
    [MemberData(nameof(Names))]
    public void Html_of_a_hostile_name_has_the_same_tags_as_of_a_harmless_one(string name)
    {
        string hostile = HostileDocument.Create(name).Render(ReportRenderers.Html);

        // Optional parts come and go with an empty name, and paragraphs with its lines; each tag must still be one of ours.
        HashSet<string> ours = Tags(HostileDocument.Create("plain").Render(ReportRenderers.Html) + SampleDocument.Create().Render(ReportRenderers.Html));
        Assert.Subset(ours, Tags(hostile));
        Assert.DoesNotContain("<script>alert", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain(hostile, static c => char.IsControl(c) && c is not ('\n' or '\t'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Html_of_a_hostile_name_refers_to_nothing_outside(string name)
    {
        string html = HostileDocument.Create(name).Render(ReportRenderers.Html);

        Assert.DoesNotMatch(new Regex("https?://", RegexOptions.IgnoreCase), html);
        Assert.DoesNotMatch(new Regex("<[^>]*(href|src)=\"(?!#)", RegexOptions.IgnoreCase), html);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Html_of_a_help_link_links_only_to_web_pages()
    {
        Assert.Contains("href=\"https://example.org/PK0001?a=1&amp;b=%22\"", WithLink("https://example.org/PK0001?a=1&b=\""), StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", WithLink("javascript:alert(1)"), StringComparison.Ordinal);
        Assert.DoesNotContain("file:", WithLink("file:///etc/passwd"), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_has_a_policy_that_forbids_fetching()
    {
        Assert.Contains("content=\"default-src &#39;none&#39;;", SampleDocument.Create().Render(ReportRenderers.Html), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_of_a_hostile_name_has_no_controls(string name)
    {
        string text = HostileDocument.Create(name).Render(ReportRenderers.Text);

        Assert.DoesNotContain(text, static c => (char.IsControl(c) && c != '\n') || c == '\u202E');
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Markdown_of_a_hostile_name_has_no_markup_of_its_own(string name)
    {
        string markdown = HostileDocument.Create(name).Render(ReportRenderers.Markdown);
        string outsideCode = CodeBlocks().Replace(markdown, "");

        Assert.DoesNotMatch(new Regex(@"<(?!!-- -->)"), outsideCode);
        Assert.DoesNotMatch(new Regex(@"(?<!\\)\[d\]|(?<!\\)`b|(?<!\\)\*\*c"), outsideCode);
        Assert.All(outsideCode.Split('\n').Where(line => line.StartsWith('|')), line => Assert.EndsWith("|", line, StringComparison.Ordinal));
        Assert.Equal(0, markdown.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2);
    }

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData("a\r\nb\tc", "a b c")]
    [InlineData("`x`", @"\`x\`")]
    [InlineData("<b>&", "&lt;b&gt;&amp;")]
    [InlineData("snake_case", "snake_case")]
    [InlineData("_emphasis_", @"\_emphasis\_")]
    [InlineData("1. one", @"1\. one")]
    [InlineData("3.86 s", "3.86 s")]
    [InlineData("- item", @"\- item")]
    [InlineData("search-index", "search-index")]
    [InlineData("https://example.org", @"https\://example.org")]
    [InlineData("ask @someone", "ask @<!-- -->someone")]
    public void Markdown_escape_of_a_name_stays_text(string name, string expected)
    {
        Assert.Equal(expected, MarkdownText.Escape(name));
    }

    private static string WithLink(string link) => new ReportDocument
    {
        Title = "t",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Sections =
        [
            new()
            {
                Title = "s",
                Blocks = [new FindingsBlock { Title = "f", Findings = [new() { RuleId = "PK0001", Title = "t", Severity = FindingSeverity.Low, Impact = 1, Description = "d", HelpLink = link }] }],
            },
        ],
    }.Render(ReportRenderers.Html);

    private static HashSet<string> Tags(string html) => [.. TagNames().Matches(html).Select(match => match.Value)];

    [GeneratedRegex("</?[a-zA-Z!][a-zA-Z0-9]*( on[a-z]+)?")]
    private static partial Regex TagNames();

    [GeneratedRegex("^```text\n.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlocks();
}
