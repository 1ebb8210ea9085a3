namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Checks that a test of a code fix leaves out.</summary>
[Flags]
public enum CodeFixTestBehaviors
{
    None = 0,
    SkipFixAllCheck = SkipFixAllInDocumentCheck | SkipFixAllInProjectCheck | SkipFixAllInSolutionCheck,
    SkipFixAllInDocumentCheck = 1,
    SkipFixAllInProjectCheck = 2,
    SkipFixAllInSolutionCheck = 4,

    /// <summary>Apply only the fix of the first diagnostic.</summary>
    FixOne = 8,
}
