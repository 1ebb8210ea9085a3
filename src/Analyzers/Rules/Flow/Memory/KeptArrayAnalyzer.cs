using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds an array in inherited memory that Retrieve gives up although what it returns goes on using it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeptArrayAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.GivenBack.CreateDescriptor(
        "'{0}' is given up here with RestoreFree, but the '{1}' that Retrieve returns goes on using it: its memory may be somebody else's by then. Give it a copy ('ToArray'), or give the array up in the end.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.Retrieve) is not { } body)
            return;
        foreach (IInvocationOperation call in body.OwnDescendants().OfType<IInvocationOperation>().Where(call => call.IsOfArray() && call.ConsumesInherited()))
        {
            if (call.Instance?.Unwrap() is ILocalReferenceOperation { Local: var array }
                && !call.Ancestors().Any(each => each is IConditionalOperation or ICatchClauseOperation or ISwitchOperation)
                && !call.IsBeforeThrow()
                && !body.Changes(array)
                && body.OwnDescendants().OfType<IObjectCreationOperation>().FirstOrDefault(creation => Keeps(creation, array) && IsReturned(creation, body)) is { } keeping)
                report(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), array.Name, keeping.Type!.Name));
        }
    }

    private static bool IsReturned(IObjectCreationOperation creation, IBlockOperation body) => body.ReturnedValues().Any(value =>
        value.Unwrap() == creation || (value.FindVariable() is ILocalSymbol returned && body.FindOnlyValue(returned)?.Unwrap() == creation));

    private static bool Keeps(IObjectCreationOperation creation, ILocalSymbol array) =>
        creation.Arguments.Any(argument => argument.Value.Refers(array) && argument.Parameter is { } parameter && IsKept(parameter));

    // A parameter of the type itself, that its members use: of another constructor it is not known what it does with it.
    private static bool IsKept(IParameterSymbol parameter) => parameter.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is ParameterSyntax { Parent.Parent: TypeDeclarationSyntax type } && type.Members.Any(member => Uses(member, parameter.Name)));

    private static bool Uses(MemberDeclarationSyntax member, string name) => member switch
    {
        // What fields are made of is read at once.
        FieldDeclarationSyntax or TypeDeclarationSyntax => false,
        PropertyDeclarationSyntax { AccessorList: null, ExpressionBody: { } body } => Names(body, name),
        PropertyDeclarationSyntax { AccessorList: { } accessors } => Names(accessors, name),
        BaseMethodDeclarationSyntax and not ConstructorDeclarationSyntax => Names(member, name),
        _ => false,
    };

    private static bool Names(SyntaxNode code, string name) =>
        code.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name && !IsOfOther(node))
        && !code.DescendantNodes().Any(node => node is ParameterSyntax { Identifier.ValueText: var hidden } && hidden == name);

    private static bool IsOfOther(SyntaxNode name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
}
