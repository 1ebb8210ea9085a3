namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Checks that a test leaves out.</summary>
[Flags]
public enum TestBehaviors
{
    None = 0,

    /// <summary>Don't check that nothing is reported in code that is marked as generated.</summary>
    SkipGeneratedCodeCheck = 1,

    /// <summary>Don't check that a <c>#pragma</c> silences each diagnostic.</summary>
    SkipSuppressionCheck = 2,

    /// <summary>Don't compare the generated sources with <see cref="ProjectState.GeneratedSources"/>.</summary>
    SkipGeneratedSourcesCheck = 4,
}
