using System.Reflection;

namespace PerfKit.Analysis.Tests;

public sealed class ThresholdCatalogTests
{
    public static TheoryData<string> Keys => [.. ThresholdCatalog.All.Select(threshold => threshold.Key)];

    /// <summary>A property without an entry would be a limit that no configuration reaches and no check sees.</summary>
    [Fact]
    public void All_namesEveryPropertyOfThresholdsOnce() => Assert.Equal(
        typeof(Thresholds).GetProperties().Where(property => property.Name != nameof(Thresholds.Services)).Select(property => property.Name).Order(),
        ThresholdCatalog.All.SelectMany(threshold => new[] { threshold.Property, threshold.Property + "Critical" }).Order());

    [Theory]
    [MemberData(nameof(Keys))]
    public void Definition_readsAndWritesTheVeryPropertiesThatItNames(string key)
    {
        ThresholdDefinition threshold = ThresholdCatalog.Find(key)!;
        var thresholds = new Thresholds();
        (double warning, double critical) = threshold.IsLowWorse ? (0.5, 0.25) : (threshold.IsWhole ? 2_000_000 : 7, threshold.IsWhole ? 3_000_000 : 9);

        threshold.Set(thresholds, new ThresholdLevels(warning, critical));

        Assert.Equal(warning, Value(threshold.Property));
        Assert.Equal(critical, Value(threshold.Property + "Critical"));
        Assert.Equal(new ThresholdLevels(warning, critical), threshold.LevelsOf(thresholds));
        Assert.Empty(thresholds.Validate());
        // Nothing else was touched.
        threshold.Set(thresholds, new ThresholdLevels(threshold.WarningOf(new Thresholds())));
        Assert.All(ThresholdCatalog.All, other => Assert.Equal(other.LevelsOf(new Thresholds()), other.LevelsOf(thresholds)));

        double Value(string property) => typeof(Thresholds).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.GetValue(thresholds) switch
        {
            TimeSpan time => time.TotalSeconds,
            long whole => whole,
            double number => number,
            object other => throw new InvalidOperationException($"{property} is a {other.GetType()}."),
            null => double.NaN,
        };
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void CriticalLevelNotSet_isOnTheBadSideOfItsWarningAndInRange(string key)
    {
        ThresholdDefinition threshold = ThresholdCatalog.Find(key)!;

        ThresholdLevels levels = threshold.LevelsOf(new Thresholds());

        Assert.True(threshold.IsLowWorse ? levels.Critical < levels.Warning : levels.Critical > levels.Warning);
        Assert.True(threshold.Range.Holds(levels.Critical!.Value));
    }

    [Theory]
    [InlineData(0.7, 0.5, true)]
    [InlineData(0.7, 0.7, true)]
    [InlineData(0.7, 0.8, false)]
    [InlineData(70.0, null, false)] // percent where a share belongs
    public void Validate_whereLowIsWorse_wantsTheCriticalLevelBelow(double warning, double? critical, bool isValid) =>
        Assert.Equal(isValid, new Thresholds { CacheHitRatio = warning, CacheHitRatioCritical = critical }.Validate().Count == 0);

    [Fact]
    public void For_aServiceWithLimitsOfItsOwn_keepsTheOthersAndThoseOfAll()
    {
        var all = new Thresholds { OperationFailedPercent = 3 };
        all.Override("orders", "response_time_seconds", 0.25);
        all.Override("orders", "cpu_cores", 2, 3);

        Thresholds orders = all.For("orders");

        Assert.Equal(TimeSpan.FromMilliseconds(250), orders.OperationP99);
        Assert.Equal(1, orders.OperationP99CriticalSeconds);
        Assert.Equal((2, 3.0), (orders.ServiceCpuCores, orders.ServiceCpuCoresCritical));
        Assert.Equal(3, orders.OperationFailedPercent);
        Assert.Equal(TimeSpan.FromSeconds(1), all.OperationP99);
        Assert.Same(all, all.For("mail"));
    }

    [Fact]
    public void Clone_doesNotSeeWhatIsOverriddenLater()
    {
        var thresholds = new Thresholds();
        Thresholds copy = thresholds.Clone();

        thresholds.Override("orders", "cpu_cores", 2);

        Assert.Empty(copy.Services);
    }

    [Fact]
    public void Override_withAKeyThatIsNotOfServices_isRefused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new Thresholds().Override("orders", "gc_pause_percent", 5));

        Assert.StartsWith("'gc_pause_percent' is no threshold of services; allowed: cpu_cores, blocked_pool_threads, ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ofAServicesLimits_namesServiceKeyAndLevel()
    {
        var thresholds = new Thresholds();
        thresholds.Override("orders", "error_rate_percent", 5, 4);
        thresholds.Override("mail", "error_rate_percent", 101);

        Assert.Equal(
            [
                "Services[orders][error_rate_percent].Critical is 4; allowed: Warning (5) or more; above 0, up to 100.",
                "Services[mail][error_rate_percent].Warning is 101; allowed: above 0, up to 100.",
            ],
            thresholds.Validate());
    }

    [Fact]
    public void CpuIntensive_ofAServiceWithALimitOfItsOwn_isJudgedByIt()
    {
        var thresholds = new Thresholds();
        thresholds.Override("orders", "cpu_cores", 3);
        Observations observations = Observed.Nothing.With(
            new Instrumentation.ServiceUsage { Service = "orders", Cpu = TimeSpan.FromSeconds(20) },
            new Instrumentation.ServiceUsage { Service = "mail", Cpu = TimeSpan.FromSeconds(20) });

        Assert.Equal("mail", Assert.Single(new CpuIntensiveDetector().Detect(observations, thresholds)).Service);
    }
}
