using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what LUO would refuse in the use of a device and its sessions, as far as one method shows it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionUseAnalyzer : DiagnosticAnalyzer
{
    /// <summary>LUO's field for a name has 64 bytes, the last one for the NUL.</summary>
    private const int MaximumNameLength = 63;

    private static readonly DiagnosticDescriptor Repeated = Rules.TokenRepeated.CreateDescriptor(
        "Token {0} of '{1}' is used already, on line {2}: LUO refuses the second file (EEXIST). Use a token of its own.");

    private static readonly DiagnosticDescriptor NameEmpty = Rules.InvalidSessionName.CreateDescriptor(
        "The name of the session is empty, and LUO refuses that (EINVAL). Give it 1 to 63 bytes.");

    private static readonly DiagnosticDescriptor NameTooLong = Rules.InvalidSessionName.CreateDescriptor(
        "The name of the session takes {0} bytes, but LUO stores at most {1} and refuses more (EINVAL). Shorten it.");

    private static readonly DiagnosticDescriptor NameHasNul = Rules.InvalidSessionName.CreateDescriptor(
        "The name of the session has a NUL at position {0}, where LUO's text would end, so it is refused (EINVAL). Remove it.");

    private static readonly DiagnosticDescriptor CreatedTwice = Rules.SessionCreatedTwice.CreateDescriptor(
        "The session \"{0}\" is created already, on line {1}, and still open: LUO refuses a second one of that name (EEXIST). Use the first one, or close it before.");

    private static readonly DiagnosticDescriptor PreservedInRetrieved = Rules.WrongDirection.CreateDescriptor(
        "{0} on a session that was retrieved: it takes no more files, and LUO refuses (EINVAL). Create a session for what the next kernel is to get.");

    private static readonly DiagnosticDescriptor RetrievedFromCreated = Rules.WrongDirection.CreateDescriptor(
        "{0} on a session that was created: only one that the previous kernel handed over can do that, and LUO refuses (EINVAL). Retrieve the session, or close it to take its files back.");

    private static readonly DiagnosticDescriptor TypedPreserved = Rules.WrongDirection.CreateDescriptor(
        "'{0}' was retrieved, and takes no more files: Preserve throws. Make a new '{1}', and give it the files that the next kernel is to get.");

    private static readonly DiagnosticDescriptor TypedFinished = Rules.WrongDirection.CreateDescriptor(
        "'{0}' was not retrieved, so there is nothing that could be finished: Finish throws. Retrieve the session, or dispose it to take its files back.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Repeated, NameEmpty, NameTooLong, NameHasNul, CreatedTwice, PreservedInRetrieved, RetrievedFromCreated, TypedPreserved, TypedFinished];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateDevice).IsEmpty)
                start.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        });
    }

    // Nearly all code has no such call: nothing but the first one makes us look at the method.
    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (SessionOperation.Find(invocation) is null)
            return;
        IOperation method = invocation.FindRoot();
        if (invocation != method.Descendants().OfType<IInvocationOperation>().First(each => SessionOperation.Find(each) is not null))
            return;
        SessionOperation[] calls =
        [
            .. method.Descendants().OfType<IInvocationOperation>()
                .Select(SessionOperation.Find)
                .OfType<SessionOperation>()
                .Where(call => !ExpectedRefusal.Is(call.Invocation))
                .OrderBy(call => call.Invocation.Syntax.Span.End),
        ];
        var variables = new SessionVariables(method);
        for (int i = 0; i < calls.Length; i++)
        {
            CheckName(context, calls[i]);
            CheckDirection(context, calls[i], variables);
            CheckToken(context, calls, i, variables);
            CheckCreated(context, calls, i, variables);
        }
    }

    private static void CheckName(OperationAnalysisContext context, SessionOperation call)
    {
        if (call.FindArgument("name") is not { ConstantValue: { HasValue: true, Value: string name } } argument)
            return;
        int length = Encoding.UTF8.GetByteCount(name);
        int nul = name.IndexOf('\0');
        if (length == 0)
            Report(NameEmpty);
        else if (nul >= 0)
            Report(NameHasNul, nul);
        else if (length > MaximumNameLength)
            Report(NameTooLong, length, MaximumNameLength);

        void Report(DiagnosticDescriptor descriptor, params object[] arguments) =>
            context.ReportDiagnostic(Diagnostic.Create(descriptor, argument.Syntax.GetLocation(), arguments));
    }

    private static void CheckDirection(OperationAnalysisContext context, SessionOperation call, SessionVariables variables)
    {
        DiagnosticDescriptor? typed = variables.IsNewTyped(call.Invocation.Instance) switch
        {
            false when call.Name == "Preserve" => TypedPreserved,
            true when call.Name == "Finish" => TypedFinished,
            _ => null,
        };
        if (typed is not null)
            context.ReportDiagnostic(Diagnostic.Create(
                typed, call.Invocation.Syntax.GetLocation(), SessionOperation.FindVariable(call.Invocation.Instance)!.Name, call.Invocation.TargetMethod.ContainingType.Name));
        bool preserves = call.Name is "PreserveFd" or "PreserveFile";
        if (!preserves && call.Name is not ("RetrieveFd" or "RetrieveFile" or "Finish"))
            return;
        DiagnosticDescriptor? descriptor = variables.FindOrigin(call.Target)?.Name switch
        {
            "RetrieveSession" when preserves => PreservedInRetrieved,
            "CreateSession" when !preserves => RetrievedFromCreated,
            _ => null,
        };
        if (descriptor is not null)
            context.ReportDiagnostic(Diagnostic.Create(descriptor, call.Invocation.Syntax.GetLocation(), call.Invocation.TargetMethod.Name));
    }

    private static void CheckToken(OperationAnalysisContext context, SessionOperation[] calls, int index, SessionVariables variables)
    {
        SessionOperation call = calls[index];
        if (FindToken(call) is not { } token || call.TargetVariable is not { } session || variables.IsAssigned(session))
            return;
        SessionOperation? first = calls.Take(index).FirstOrDefault(earlier =>
            !earlier.IsTry
            && FindToken(earlier) == token
            && SymbolEqualityComparer.Default.Equals(earlier.TargetVariable, session)
            && Precedence.IsBefore(earlier.Invocation.Syntax, call.Invocation.Syntax));
        if (first is not null)
            context.ReportDiagnostic(Diagnostic.Create(
                Repeated, call.FindArgument("token")!.Syntax.GetLocation(), [first.Invocation.Syntax.GetLocation()], token, session.Name, FindLine(first)));
    }

    private static ulong? FindToken(SessionOperation call) =>
        call.Name is "PreserveFd" or "PreserveFile" && call.FindArgument("token") is { ConstantValue: { HasValue: true, Value: ulong token } } ? token : null;

    private static void CheckCreated(OperationAnalysisContext context, SessionOperation[] calls, int index, SessionVariables variables)
    {
        SessionOperation call = calls[index];
        if (FindCreatedName(call) is not { } name || call.TargetVariable is not { } device || variables.IsAssigned(device))
            return;
        SessionOperation? first = calls.Take(index).FirstOrDefault(earlier =>
            !earlier.IsTry
            && FindCreatedName(earlier) == name
            && SymbolEqualityComparer.Default.Equals(earlier.TargetVariable, device)
            && Precedence.IsBefore(earlier.Invocation.Syntax, call.Invocation.Syntax)
            && variables.StaysOpen(earlier.Invocation));
        if (first is not null)
            context.ReportDiagnostic(Diagnostic.Create(
                CreatedTwice, call.FindArgument("name")!.Syntax.GetLocation(), [first.Invocation.Syntax.GetLocation()], name, FindLine(first)));
    }

    private static string? FindCreatedName(SessionOperation call) =>
        call.Name is "CreateSession" or "Preserve" && call.FindArgument("name") is { ConstantValue: { HasValue: true, Value: string name } } ? name : null;

    private static string FindLine(SessionOperation call) =>
        (call.Invocation.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture);
}
