using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using FsCheck;

namespace PerfKit.Reporting.Tests;

public sealed class JsonTests
{
    [Fact]
    public void FromJson_of_any_document_gives_an_equal_document()
    {
        Prop.ForAll(DocumentGenerator.Documents, document =>
        {
            AssertSame(document, ReportDocument.FromJson(document.ToJson()), "$");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FromJson_of_properties_in_another_order_or_unknown_reads_the_rest()
    {
        JsonNode json = JsonNode.Parse(SampleDocument.Create().ToJson())!;
        JsonObject block = json["sections"]![0]!["blocks"]![0]!.AsObject();
        JsonNode kind = block["kind"]!.DeepClone();
        block.Remove("kind");
        block["later"] = "than this version";
        block["kind"] = kind;

        AssertSame(SampleDocument.Create(), ReportDocument.FromJson(json.ToJsonString()), "$");
    }

    [Theory]
    [InlineData("sections.0.blocks.0.kind", "\"movie\"", "$.sections[0].blocks[0].kind is \"movie\"; allowed is one of paragraph, notice, table, timeline, chain, chart, findings, advice.")]
    [InlineData("sections.0.blocks.0.bars.2.kind", "\"Vital\"", "$.sections[0].blocks[0].bars[2].kind is \"Vital\"; allowed is one of essential, optional, background, dependency, failed, unfinished.")]
    [InlineData("sections.0.blocks.0.total", "\"long\"", "$.sections[0].blocks[0].total is \"long\"; allowed is a duration as [-][d.]hh:mm:ss[.fffffff].")]
    [InlineData("sections.0.blocks.0", "null", "$.sections[0].blocks[0] is null; allowed is an object.")]
    [InlineData("facts.1.value.value", "\"many\"", "$.facts[1].value.value is \"many\"; allowed is a number, \"NaN\", \"Infinity\" or \"-Infinity\".")]
    [InlineData("facts.1.value.unit", "3", "$.facts[1].value.unit is 3; allowed is one of none, seconds, bytes, bytesPerSecond, cores, percent, count, countPerSecond, score.")]
    [InlineData("sections.3.blocks.0.items.1.savingIsUpperBound", "1", "$.sections[3].blocks[0].items[1].savingIsUpperBound is 1; allowed is true or false.")]
    [InlineData("facts", "{}", "$.facts is {}; allowed is a list.")]
    [InlineData("facts", "null", "$.facts is null; allowed is a list.")]
    [InlineData("facts.0.label", "null", "$.facts[0].label is null; allowed is a text.")]
    [InlineData("createdAt", "\"yesterday\"", "$.createdAt is \"yesterday\"; allowed is a date and time with offset, as 2026-03-14T09:26:53+01:00.")]
    [InlineData("title", null, "$.title is missing; allowed is a text.")]
    [InlineData("facts.0.label", null, "$.facts[0].label is missing; allowed is a text.")]
    [InlineData("sections.0.blocks.0.kind", null, "$.sections[0].blocks[0].kind is missing; allowed is one of paragraph, notice, table, timeline, chain, chart, findings, advice.")]
    public void FromJson_of_a_mistake_names_place_value_and_what_is_allowed(string place, string? value, string expected)
    {
        JsonNode json = JsonNode.Parse(SampleDocument.Create().ToJson())!;
        string[] steps = place.Split('.');
        JsonNode parent = steps[..^1].Aggregate(json, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        if (value is null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else if (int.TryParse(steps[^1], out int index))
        {
            parent[index] = JsonNode.Parse(value);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        var error = Assert.Throws<FormatException>(() => ReportDocument.FromJson(json.ToJsonString()));

        Assert.Equal("Not a PerfKit report: " + expected, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"report\"")]
    public void FromJson_of_something_else_is_refused(string json)
    {
        Assert.StartsWith("Not a PerfKit report: ", Assert.Throws<FormatException>(() => ReportDocument.FromJson(json)).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(object? expected, object? actual, string path)
    {
        if (expected is null or string or bool or double or Enum or TimeSpan or DateTimeOffset)
        {
            Assert.True(Equals(expected, actual), $"{path}: expected {expected}, got {actual}");
            Assert.Equal((expected as DateTimeOffset?)?.Offset, (actual as DateTimeOffset?)?.Offset);
            return;
        }

        Assert.NotNull(actual);
        if (expected is IEnumerable list)
        {
            object?[] left = [.. list.Cast<object?>()];
            object?[] right = [.. ((IEnumerable)actual).Cast<object?>()];
            Assert.Equal(left.Length, right.Length);
            for (int i = 0; i < left.Length; i++)
            {
                AssertSame(left[i], right[i], $"{path}[{i}]");
            }

            return;
        }

        Assert.Equal(expected.GetType(), actual.GetType());
        foreach (PropertyInfo property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            AssertSame(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}");
        }
    }
}
