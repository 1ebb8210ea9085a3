namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How the syntax tree that a fix built is compared with what parsing its text gives.</summary>
public enum CodeActionValidationMode
{
    None,

    /// <summary>The nodes and tokens must be the same.</summary>
    SemanticStructure,

    /// <summary>The trivia too.</summary>
    Full,
}
