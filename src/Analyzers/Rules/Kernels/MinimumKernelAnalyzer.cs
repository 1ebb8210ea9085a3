using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers.Kernels;

/// <summary>Says where a handler relies on what the oldest kernel that it is for does not do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MinimumKernelAnalyzer : HandlerAnalyzer
{
    private const string FirstWithIdentities = "7.2";
    private const string FirstWithRememberedRetrieve = "6.19.y";

    private static readonly DiagnosticDescriptor IdentityNotAsked = Rules.IdentityNotAsked.CreateDescriptor(
        "Linux {0} never asks for an identity, so that one object can be preserved twice through two files and comes back as two. Refuse the second file in Preserve, or set LuoMinimumKernel to {1}.");

    private static readonly DiagnosticDescriptor FailureNotTold = Rules.FailureNotTold.CreateDescriptor(
        "Linux {0} tells only whether a file was retrieved, so that '{1}' looks never tried after a failed Retrieve. Let Finish find out itself what is left, or set LuoMinimumKernel to {2}.");

    private static readonly DiagnosticDescriptor HandleCleared = Rules.HandleCleared.CreateDescriptor(
        "Linux {0} sets the handle to 0 when a reboot fails, so that {1} can't find '{2}' afterwards and what Preserve saved leaks. Take what it needs from private data, or set LuoMinimumKernel to {3}.");

    private static readonly DiagnosticDescriptor RetrieveAgain = Rules.RetrieveAgain.CreateDescriptor(
        "Linux {0} calls Retrieve again after it failed, with a handle whose memory the first attempt may have freed. Leave everything in place when Retrieve fails, or set LuoMinimumKernel to {1}.");

    private static readonly DiagnosticDescriptor FlbNotUsable = Rules.FlbsMissing.CreateDescriptor(
        "Linux {0} has no FLBs, so that a kernel refuses '{1}' together with its FLB '{2}' (EOPNOTSUPP). Keep what the files share in each of them, or set LuoMinimumKernel to {3}.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [IdentityNotAsked, FailureNotTold, HandleCleared, RetrieveAgain, FlbNotUsable];

    private protected override void AnalyzeHandler(SymbolAnalysisContext context, HandlerBinding binding)
    {
        MinimumKernel minimum = MinimumKernel.Read(context.Options, out _);
        if (!binding.IsValid || binding.Handler is not { } handler)
            return;
        if (minimum.IsBefore(FirstWithIdentities) && handler.FindCallback(CallbackKind.GetId) is { } getId)
            Report(context, IdentityNotAsked, getId.Method, minimum.Name, FirstWithIdentities);
        if (minimum.IsBefore(MinimumKernel.FirstWithFlbs))
            ReportFlbs(context, handler, minimum);
        if (!minimum.IsBefore(FirstWithRememberedRetrieve))
            return;
        foreach (BoundCallback callback in handler.Callbacks)
        {
            if (callback.FindParameter(ParameterRole.RetrieveStatus) is { } status)
                Report(context, FailureNotTold, status.Symbol, minimum.Name, status.Symbol.Name, FirstWithRememberedRetrieve);
            if (callback.Kind is CallbackKind.Unpreserve or CallbackKind.Freeze or CallbackKind.Unfreeze
                && (callback.FindParameter(ParameterRole.State) ?? callback.FindParameter(ParameterRole.SerializedData)) is { } saved)
            {
                Report(context, HandleCleared, saved.Symbol, minimum.Name, callback.Method.Name, saved.Symbol.Name, FirstWithRememberedRetrieve);
            }
        }
        if (handler.UsesSerializedData && handler.FindCallback(CallbackKind.Retrieve) is { } retrieve)
            Report(context, RetrieveAgain, retrieve.Method, minimum.Name, FirstWithRememberedRetrieve);
    }

    private static void ReportFlbs(SymbolAnalysisContext context, BoundHandler handler, MinimumKernel minimum)
    {
        foreach (AttributeData attribute in handler.Type.GetAttributes())
        {
            if (attribute.AttributeClass.HasMetadataName(WellKnownTypeNames.UsesFlbAttribute)
                && attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() is { } location)
            {
                ITypeSymbol flb = attribute.AttributeClass!.TypeArguments[0];
                context.ReportDiagnostic(Diagnostic.Create(FlbNotUsable, location, minimum.Name, handler.Type.Name, flb.Name, MinimumKernel.FirstWithFlbs));
            }
        }
    }

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor descriptor, ISymbol place, params object[] arguments)
    {
        // An inherited callback may be in another assembly: then there is no place to show.
        if (place.Locations.FirstOrDefault(location => location.IsInSource) is { } location)
            context.ReportDiagnostic(Diagnostic.Create(descriptor, location, arguments));
    }
}
