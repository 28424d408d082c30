using System.Diagnostics;

namespace PerfKit;

/// <summary>Tells whether it is the host that asks the container for its hosted services.</summary>
internal static class HostCaller
{
    private const string Host = "Microsoft.Extensions.Hosting";
    private const string Container = "Microsoft.Extensions.DependencyInjection";

    /// <summary>
    /// The host's own code is the first on the stack outside of the container and PerfKit. Where stacks cannot be read, nobody
    /// is the host, and everybody sees the services themselves.
    /// </summary>
    public static bool IsAsking()
    {
        try
        {
            foreach (StackFrame frame in new StackTrace(skipFrames: 1, fNeedFileInfo: false).GetFrames())
            {
                if (AssemblyOf(frame) is { } assembly && !assembly.StartsWith(Container, StringComparison.Ordinal) && assembly != nameof(PerfKit))
                    return assembly == Host;
            }
        }
        catch (Exception) // a stack that cannot be read tells nothing
        {
        }
        return false;
    }

    // Code that the container compiled at run time is in no assembly of a name.
    private static string? AssemblyOf(StackFrame frame) =>
        DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is { Length: > 0 } name ? name.Split(',')[0] : null;
}
