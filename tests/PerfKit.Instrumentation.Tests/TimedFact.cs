using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfKit.Instrumentation.Tests;

/// <summary>
/// A test against the real clocks. Other programs may take the CPU from it once; it has failed when it failed three times
/// in a row, each in a test object of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PerfKit.Instrumentation.Tests.TimedFactDiscoverer", "PerfKit.Instrumentation.Tests")]
internal sealed class TimedFactAttribute : FactAttribute;

/// <summary>Found by xunit through the attribute.</summary>
public sealed class TimedFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        ArgumentNullException.ThrowIfNull(discoveryOptions);
        return [new TimedTestCase(sink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
    }
}

/// <summary>Runs the test up to three times, and tells only of the last.</summary>
public sealed class TimedTestCase : XunitTestCase
{
    private const int MostAttempts = 3;

    [Obsolete("For xunit, which makes a case in another process from what it has written.")]
    public TimedTestCase()
    {
    }

    public TimedTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method)
        : base(sink, display, displayOptions, method)
    {
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var held = new HeldMessages();
            RunSummary summary = await base.RunAsync(diagnosticMessageSink, held, constructorArguments, aggregator, cancellationTokenSource);
            if (summary.Failed == 0 || attempt == MostAttempts)
            {
                held.PassTo(messageBus);
                return summary;
            }
        }
    }

    private sealed class HeldMessages : IMessageBus
    {
        private readonly List<IMessageSinkMessage> _messages = [];

        public bool QueueMessage(IMessageSinkMessage message)
        {
            lock (_messages)
                _messages.Add(message);
            return true;
        }

        public void PassTo(IMessageBus bus)
        {
            foreach (IMessageSinkMessage message in _messages)
                bus.QueueMessage(message);
        }

        public void Dispose()
        {
        }
    }
}
