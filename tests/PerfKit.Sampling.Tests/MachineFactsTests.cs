namespace PerfKit.Sampling.Tests;

public sealed class MachineFactsTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("processor\t: 0\nmodel name\t: Some Processor @ 2.0GHz\nprocessor\t: 1\nmodel name\t: Other\n", "Some Processor @ 2.0GHz")]
    [InlineData("processor\t: 0\nBogoMIPS\t: 50.00\n", null)]
    [InlineData("model name\t:\n", null)]
    [InlineData("", null)]
    public void ReadProcessor_takes_the_first_model_name(string content, string? expected)
    {
        File.WriteAllText(_path, content);

        Assert.Equal(expected, MachineFacts.ReadProcessor(_path));
    }

    [Fact]
    public void ReadProcessor_without_the_file_is_unknown()
    {
        Assert.Null(MachineFacts.ReadProcessor(_path + ".missing"));
    }

    [Fact]
    public void Fingerprint_differs_by_processor_and_stays_in_its_length()
    {
        MachineFacts facts = MachineFacts.Current;

        Assert.NotEqual(facts.Fingerprint, (facts with { Processor = "another" }).Fingerprint);
        Assert.Equal(256, (facts with { OperatingSystem = new string('x', 300) }).Fingerprint.Length);
    }
}
