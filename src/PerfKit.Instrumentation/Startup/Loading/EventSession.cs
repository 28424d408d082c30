namespace PerfKit.Instrumentation;

/// <summary>The runtime's event session, which all listeners of a process share.</summary>
internal static class EventSession
{
    /// <summary>
    /// Guards whatever begins, ends or disposes a listener. The runtime takes two of its locks in one order when a listener is disposed,
    /// and in the other when one begins or ends to hear the runtime: two threads that did so at once would wait for each other for good.
    /// </summary>
    /// <remarks>One object for all assemblies of PerfKit, which do not know each other: they intern the same name.</remarks>
    public static object Gate { get; } = string.Intern("PerfKit.EventSession");
}
