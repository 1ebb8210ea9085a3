using Microsoft.CodeAnalysis.CodeFixes;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A test of a fix of what the binder rejects.</summary>
public class HandlerCodeFixTest<TFix> : HandlerRuleFixTest<HandlerBindingAnalyzer, TFix>
    where TFix : CodeFixProvider, new();
