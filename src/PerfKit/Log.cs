using Microsoft.Extensions.Logging;

namespace PerfKit;

/// <summary>Every message that PerfKit logs, under the category <c>PerfKit</c>.</summary>
internal static partial class Log
{
    public const string Category = "PerfKit";

    [LoggerMessage(1, LogLevel.Information, "Started in {Seconds:0.000} s; services tracked: {Services}, bottlenecks: {Bottlenecks}.")]
    public static partial void Started(this ILogger logger, double seconds, int services, int bottlenecks);

    [LoggerMessage(2, LogLevel.Warning, "{Rule} {Service}: {Description}")]
    public static partial void BottleneckFound(this ILogger logger, string rule, string service, string description);

    [LoggerMessage(3, LogLevel.Information, "Run-time audit finished: {Seconds:0.0} s, {Samples} samples, {Bottlenecks} bottlenecks, partial: {IsPartial}.")]
    public static partial void RuntimeAudited(this ILogger logger, double seconds, int samples, int bottlenecks, bool isPartial);

    [LoggerMessage(4, LogLevel.Warning, "The audit log {Path} cannot be written; audits go on without it, and it is tried again at the next one.")]
    public static partial void AuditLogFailed(this ILogger logger, Exception exception, string path);

    [LoggerMessage(5, LogLevel.Information, "The audit log {Path} can be written again; {Lost} lines were lost.")]
    public static partial void AuditLogRecovered(this ILogger logger, string path, long lost);

    [LoggerMessage(6, LogLevel.Warning, "Figures are missing: {Figures}. {Reason}")]
    public static partial void FiguresUnavailable(this ILogger logger, string figures, string reason);

    [LoggerMessage(7, LogLevel.Warning, "The run could not be stored; the audit itself is complete.")]
    public static partial void StoreFailed(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "PerfKit failed while the host was {Phase}; the host goes on without it.")]
    public static partial void Failed(this ILogger logger, Exception exception, string phase);

    [LoggerMessage(9, LogLevel.Warning, "A detector failed, and its findings are missing: {Failure}")]
    public static partial void DetectorFailed(this ILogger logger, string failure);

    [LoggerMessage(10, LogLevel.Information, "No start-up scope was begun, so the start was not measured: put what starts into StartupScope.Begin(name).")]
    public static partial void StartNotMeasured(this ILogger logger);

    [LoggerMessage(11, LogLevel.Warning, "Services are not tracked as asked. {Reason}")]
    public static partial void NotTracked(this ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Information, "The configuration was reloaded; thresholds and alerts follow it, other settings at the next start.")]
    public static partial void OptionsReloaded(this ILogger logger);

    [LoggerMessage(13, LogLevel.Warning, "The configuration was reloaded with mistakes, so the thresholds from before stay. {Mistakes}")]
    public static partial void ReloadRefused(this ILogger logger, string mistakes);

    [LoggerMessage(14, LogLevel.Warning, "Alert {Alert} of {Service}: {Description} Value {Value}, limit {Limit}, action {Action}.")]
    public static partial void WarningAlert(this ILogger logger, string alert, string service, double value, double limit, string action, string description);

    [LoggerMessage(15, LogLevel.Critical, "Alert {Alert} of {Service}: {Description} Value {Value}, limit {Limit}, action {Action}.")]
    public static partial void CriticalAlert(this ILogger logger, string alert, string service, double value, double limit, string action, string description);

    [LoggerMessage(16, LogLevel.Information, "Alert {Alert} of {Service} is over. The limit was broken for {Seconds:0.#} s, at worst by {Worst}.")]
    public static partial void AlertResolved(this ILogger logger, string alert, string service, double seconds, double worst);

    [LoggerMessage(17, LogLevel.Warning, "Alert {Alert} of {Service} is lost: its figure is missing, or its rule is gone. The limit was broken for {Seconds:0.#} s.")]
    public static partial void AlertLost(this ILogger logger, string alert, string service, double seconds);

    [LoggerMessage(18, LogLevel.Warning, "A handler of alerts failed; its further failures are only counted.")]
    public static partial void AlertHandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(19, LogLevel.Warning, "The figure {Figure} could not be read, and is unknown; further failures are not logged.")]
    public static partial void FigureFailed(this ILogger logger, Exception exception, string figure);

    [LoggerMessage(20, LogLevel.Warning, "Nothing provides the figure {Figure}, so the rule {Rule} raises no alert. Provide it with AddMonitoring(monitoring => monitoring.AddFigure(...)).")]
    public static partial void NothingProvides(this ILogger logger, string figure, string rule);

    [LoggerMessage(21, LogLevel.Warning, "{Notice} Reports tell of further changes.")]
    public static partial void OverBudget(this ILogger logger, string notice);

    [LoggerMessage(22, LogLevel.Information, "A limit was broken, so waits were watched for {Seconds:0.#} s: {Victim} waited {Waited:0.###} s for {Culprit} ({Kind}); that is the most of all.")]
    public static partial void WaitsWatched(this ILogger logger, double seconds, string victim, double waited, string culprit, WaitKind kind);

    [LoggerMessage(23, LogLevel.Information, "A limit was broken, so waits were watched for {Seconds:0.#} s: nobody waited for anybody.")]
    public static partial void NobodyWaited(this ILogger logger, double seconds);

    [LoggerMessage(24, LogLevel.Warning, "The service type rule {Rule} failed for {Service}, and has no opinion of it; further failures are not logged.")]
    public static partial void ServiceTypeRuleFailed(this ILogger logger, Exception exception, string rule, string service);
}
