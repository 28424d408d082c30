namespace PerfKit.ChangePointBenchmark.Tests;

public sealed class SeriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perfkit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadFolder_Series_AreReadByFileNameWithTheirGaps()
    {
        Write("b.json", """{"name": "second", "values": [1]}""");
        Write("a.json", """{"name": "first", "stratum": "real", "values": [1.5, null, 3], "annotations": {"p": [2], "q": []}}""");
        Write("c.json", """{"predictions": []}""");

        List<Series> folder = Series.ReadFolder(_folder);

        Assert.Equal(["first", "second"], folder.Select(series => series.Name));
        Assert.Equal([1.5, double.NaN, 3], folder[0].Values);
        Assert.Equal([[2], []], folder[0].Annotations);
        Assert.Null(folder[1].Annotations);
    }

    [Theory]
    [InlineData("""{"values": [1]}""", "\"name\" is missing or no text")]
    [InlineData("""{"name": "a", "values": 1}""", "values is no array")]
    [InlineData("""{"name": "a", "values": [1, "x"]}""", "values[1] is \"x\", neither a number nor null")]
    [InlineData("""{"name": "a", "values": [1], "annotations": {}}""", "annotations is no object with at least one person")]
    [InlineData("""{"name": "a", "values": [1], "annotations": {"p": [1]}}""", "annotations.p has 1, which is no index of 1 values")]
    public void ReadFolder_AFileThatIsWrong_IsNamedWithWhatIsWrong(string json, string complaint)
    {
        Write("a.json", json);

        Assert.Equal($"{Path.Combine(_folder, "a.json")}: {complaint}", Complaint(_folder));
    }

    [Fact]
    public void ReadFolder_NoJson_IsNamed()
    {
        Write("a.json", "{");

        Assert.StartsWith($"{Path.Combine(_folder, "a.json")}: ", Complaint(_folder), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFolder_TwoOfOneName_NamesBoth()
    {
        Write("a.json", """{"name": "x", "values": []}""");
        Write("b.json", """{"name": "x", "values": []}""");

        Assert.Equal($"{Path.Combine(_folder, "b.json")}: its name, \"x\", is also that of {Path.Combine(_folder, "a.json")}.", Complaint(_folder));
    }

    [Fact]
    public void ReadFolder_NoFolderOrNoSeries_SaysWhich()
    {
        Assert.EndsWith("no *.json file in it has \"values\".", Complaint(_folder), StringComparison.Ordinal);
        Assert.EndsWith("there is no such folder.", Complaint(Path.Combine(_folder, "missing")), StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private static string Complaint(string folder) => Assert.Throws<UnusableInputException>(() => Series.ReadFolder(folder)).Message;
}
