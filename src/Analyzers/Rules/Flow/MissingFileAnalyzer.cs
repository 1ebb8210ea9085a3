using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a Retrieve, or an FLB's Preserve, that comes to an end without a failure and without what it is there to make.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingFileAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Returned = Rules.NeverEnds.CreateDescriptor(
        "{0} of '{1}' gives null here, and LUO would take it for success with nothing in it: it fails with EIO, which tells nobody why, and a failed retrieve is final. Throw an ErrnoException that says what is wrong.");

    private static readonly DiagnosticDescriptor OutNull = Rules.NeverEnds.CreateDescriptor(
        "Retrieve of '{1}' succeeds here while '{0}' is null: it fails with EIO, which tells nobody why, and LUO never asks again. Return the Errno that says what is wrong.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Returned, OutNull];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        Check(CallbackKind.Retrieve);
        if (code.IsFlb)
            Check(CallbackKind.Preserve);

        void Check(CallbackKind kind)
        {
            if (code.FindBody(kind) is not { } body || code.Handler.FindCallback(kind) is not { } callback)
                return;
            if (callback.Method.ReturnType.IsErrno())
            {
                if (callback.Method.Parameters.FirstOrDefault(parameter => parameter.RefKind == RefKind.Out && parameter.Type.IsReferenceType) is { } file)
                    CheckOut(body, (callback.Method.PartialImplementationPart ?? callback.Method).Parameters[file.Ordinal]);
                return;
            }
            var values = body.ReturnedValues().ToImmutableArray();
            // Where nothing else comes out, it is said already.
            if (values.All(IsNull))
                return;
            // Who gives memory back first has failed, and says so in this way.
            if (code.Reach(kind).Any(operation => operation is IInvocationOperation call && (call.FindsInherited() || call.ConsumesInherited())))
                return;
            foreach (IOperation value in values.Where(value => IsNull(value) || MayBeNull(value)))
                report(Diagnostic.Create(Returned, value.Syntax.GetLocation(), kind, code.Handler.Type.Name));
        }

        void CheckOut(IBlockOperation body, IParameterSymbol file)
        {
            foreach (IReturnOperation end in body.OwnDescendants().OfType<IReturnOperation>())
            {
                if (end.ReturnedValue is { } value && value.Type.IsErrno() && value.IsConstant(0) && IsNullAt(end, file, body))
                    report(Diagnostic.Create(OutNull, end.Syntax.GetLocation(), file.Name, code.Handler.Type.Name));
            }
        }
    }

    private static bool IsNull(IOperation value) => value.Unwrap().ConstantValue is { HasValue: true, Value: null };

    // Said to be something by an exclamation mark only.
    private static bool MayBeNull(IOperation value) =>
        value.Syntax.IsKind(SyntaxKind.SuppressNullableWarningExpression)
        && (value is IConversionOperation { IsTryCast: true } || value.Unwrap() is IInvocationOperation { TargetMethod.ReturnType.NullableAnnotation: NullableAnnotation.Annotated });

    // By the statements before it, from the nearest one on: the first that has to do with the file decides.
    private static bool IsNullAt(IOperation end, IParameterSymbol file, IBlockOperation body)
    {
        for (IOperation inner = end; inner != body && inner.Parent is { } outer; inner = outer)
        {
            if (outer is not IBlockOperation block)
            {
                if (outer is ILoopOperation or ITryOperation or ICatchClauseOperation)
                    return false;
                continue;
            }
            for (int i = block.Operations.IndexOf(inner) - 1; i >= 0; i--)
            {
                IOperation statement = block.Operations[i];
                if (statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } && assignment.Target.Refers(file))
                    return IsNull(assignment.Value);
                if (statement.Mentions(file) || statement is ILabeledOperation)
                    return false;
            }
        }
        return false;
    }
}
