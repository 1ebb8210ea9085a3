using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what is used, or given back once more, in the statements after the one that gave it back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GivenBackAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.GivenBack.CreateDescriptor(
        "'{0}' is used here after line {1} gave it back with {2}: {3}. Use it before, or give it back last.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.Errno).IsEmpty)
                start.RegisterOperationAction(Analyze, OperationKind.Invocation, OperationKind.Using);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (FindGivenBack(context.Operation) is not var (thing, method, consequence) || FindStatement(context.Operation) is not { Parent: IBlockOperation block } giving)
            return;
        var names = FindNames(block, thing, method);
        foreach (IOperation statement in block.Operations.SkipWhile(each => each != giving).Skip(1))
        {
            if (statement is ILabeledOperation || statement.Descendants().Any(operation => Sets(operation, thing)))
                return;
            if (statement.OwnDescendants().FirstOrDefault(operation => IsUse(operation, names) && !IsExpectedToFail(operation, statement)) is not { } use)
                continue;
            int line = giving.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, (Enclosing(use) ?? use).Syntax.GetLocation(), thing.Name, line, method, consequence));
            return;
        }
    }

    // The statement of a block in which something surely happens. What runs later, or not always, tells nothing of what comes next.
    private static IOperation? FindStatement(IOperation operation)
    {
        if (operation is IUsingOperation)
            return operation;
        foreach (IOperation each in operation.Ancestors())
        {
            if (each.Parent is IBlockOperation)
                return each is IExpressionStatementOperation or IVariableDeclarationGroupOperation ? each : null;
            if (each is IConditionalOperation or ICoalesceOperation or ICoalesceAssignmentOperation or IConditionalAccessOperation or ISwitchExpressionOperation or IBinaryOperation)
                return null;
        }
        return null;
    }

    // From there on it is something else.
    private static bool Sets(IOperation operation, ISymbol thing) => operation switch
    {
        IAssignmentOperation assignment => assignment.Target.Mentions(thing),
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => argument.Value.Mentions(thing),
        _ => false,
    };

    // A test of what is refused.
    private static bool IsExpectedToFail(IOperation use, IOperation statement) => use.Ancestors().TakeWhile(each => each != statement.Parent)
        .Any(each => each is ITryOperation { Catches.IsEmpty: false } attempt && use.IsIn(attempt.Body));

    private static (ISymbol Thing, string Method, string Consequence)? FindGivenBack(IOperation operation)
    {
        if (operation is not IInvocationOperation call)
            return operation is IUsingOperation { Resources: { } resources } && resources.FindVariable() is { } closed && IsSession(resources.Unwrap().Type)
                ? (closed, "Dispose", "a session or device that is closed refuses it")
                : null;
        string name = call.TargetMethod.Name;
        return name switch
        {
            "Unpreserve" or "Restore" when call.IsOfKho() && !call.IsOfArray() && call.Arguments.FirstOrDefault()?.Value.FindVariable() is { } range =>
                (range, name, "giving it back again is refused (EINVAL)"),
            "UnpreserveFree" or "RestoreFree" when call.IsOfArray() =>
                call.Instance.FindVariable() is { } array ? (array, name, "its memory may be somebody else's by then, and giving it back again is refused (EINVAL)") : null,
            "UnpreserveFree" or "RestoreFree" when call.IsOfKho() && call.Arguments.FirstOrDefault()?.Value.FindVariable() is { } range =>
                (range, name, "the memory may be somebody else's by then, and giving it back again is refused (EINVAL)"),
            "Dispose" when call.Instance.FindVariable() is { } session && IsSession(call.Instance!.Type) => (session, name, "a session or device that is closed refuses it"),
            "Put" when call.Instance.FindVariable() is ILocalSymbol file && call.TargetMethod.ContainingType.HasMetadataName(WellKnownTypeNames.LuoFile) && IsOwn(file, call) =>
                (file, name, "that was the only reference, and what the file owned is freed"),
            _ => null,
        };
    }

    private static bool IsSession(ITypeSymbol? type) => type.IsOfRuntime() && type!.Name is "LiveUpdateSession" or "LiveUpdateDevice";

    // Ordinary memory of this kernel, from there on.
    private static bool KeepsMemory(string method) => method is "Unpreserve" or "Restore";

    // Made here, and nobody got it who may have taken another reference.
    private static bool IsOwn(ILocalSymbol file, IOperation at)
    {
        IOperation body = at.FindRoot();
        ITypeSymbol? type = at.SemanticModel?.GetEnclosingSymbol(at.Syntax.SpanStart)?.ContainingType;
        return body.FindInitialValue(file)?.Unwrap() is { } made
            && (made is IObjectCreationOperation || IsGivenAway(made, at))
            && !body.FindReferences(file).Any(reference => reference.ParentUnwrapped() switch
            {
                IInvocationOperation { TargetMethod.Name: var name } => name == "Get",
                IArgumentOperation { Parent: IInvocationOperation call } => !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, type),
                IMemberReferenceOperation or IReturnOperation => false,
                _ => true,
            });
    }

    // By the kernel, or by a session that keeps it no longer.
    private static bool IsGivenAway(IOperation made, IOperation at) => made is IInvocationOperation { TargetMethod: var method } && method.ContainingType.IsOfRuntime()
        && (method is { Name: "CreateMemfd", ContainingType.Name: "Kernel" }
            || (method is { Name: "RetrieveFile", ContainingType.Name: "SessionFiles" }
                && FindStatement(at)?.Parent is IBlockOperation block
                && block.Operations.Any(statement => statement.Syntax.SpanStart < at.Syntax.SpanStart
                    && statement is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "Finish", Instance: { } session } }
                    && IsSession(session.Type))));

    // The thing itself, the views of its memory, and what it was made of.
    private static Dictionary<ISymbol, Func<IOperation, bool>> FindNames(IBlockOperation block, ISymbol thing, string method)
    {
        var names = new Dictionary<ISymbol, Func<IOperation, bool>>(SymbolEqualityComparer.Default);
        if (KeepsMemory(method))
        {
            names[thing] = IsGivenBack;
            return names;
        }
        names[thing] = IsUseOfItself;
        IOperation body = block.FindRoot();
        foreach (IVariableDeclaratorOperation declarator in body.Descendants().OfType<IVariableDeclaratorOperation>())
        {
            if (declarator.Initializer?.Value is not { } value)
                continue;
            if (IsView(value, thing) && !body.Descendants().Any(operation => operation is ISimpleAssignmentOperation assignment && assignment.Target.Refers(declarator.Symbol)))
                names[declarator.Symbol] = reference => reference.Parent is not (IPropertyReferenceOperation { Property.Name: "Length" or "IsEmpty" } or INameOfOperation);
            // A file frees in the end what it was given.
            if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, thing) && value.Unwrap() is IObjectCreationOperation creation)
            {
                foreach (ISymbol given in creation.Arguments.Select(argument => argument.Value.FindVariable()).OfType<ISymbol>().Where(symbol => symbol is ILocalSymbol { Type.Name: "Folio" }))
                    names[given] = reference => reference.ParentUnwrapped() is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Free", ContainingType: var type } } } && type.IsOfRuntime();
            }
        }
        return names;
    }

    // The same memory, in whatever elements, as a whole or a part; not a copy.
    private static bool IsView(IOperation value, ISymbol thing) => value switch
    {
        IConversionOperation conversion => IsView(conversion.Operand, thing),
        IInvocationOperation { TargetMethod.Name: "GetSpan" } reading => reading.Arguments.Any(argument => argument.Value.Refers(thing)),
        IInvocationOperation { TargetMethod.Name: "Slice", Instance: { } whole } => IsView(whole, thing),
        IInvocationOperation { TargetMethod: { Name: "Cast" or "AsBytes", ContainingType.Name: "MemoryMarshal" } } cast => IsView(cast.Arguments[0].Value, thing),
        _ => false,
    };

    private static bool IsUse(IOperation operation, Dictionary<ISymbol, Func<IOperation, bool>> names) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation && operation.FindVariable() is { } symbol && names.TryGetValue(symbol, out var isUse) && isUse(operation);

    private static bool IsGivenBack(IOperation reference) =>
        reference.ParentUnwrapped() is IArgumentOperation { Parent: IInvocationOperation call } && call.IsOfKho() && call.TargetMethod.Name != "GetSpan";

    // Numbers that are known of it are no use of what it stands for.
    private static bool IsUseOfItself(IOperation reference) => reference.ParentUnwrapped() switch
    {
        IPropertyReferenceOperation { Property: { Name: "Address" or "ByteCount" or "Folio" or "Count" or "Descriptor" or "Name" or "IsRetrieved" or "ReferenceCount" } property } => !property.ContainingType.IsOfRuntime(),
        IInvocationOperation { TargetMethod.Name: "Dispose" or "ToString" } => false,
        IMemberReferenceOperation or IInvocationOperation => true,
        IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod.ContainingType.IsOfRuntime(),
        _ => false,
    };

    private static IOperation? Enclosing(IOperation use) => use.ParentUnwrapped() switch
    {
        IArgumentOperation { Parent: { } call } => call,
        IMemberReferenceOperation or IInvocationOperation => use.ParentUnwrapped(),
        _ => null,
    };
}
