namespace LuoHandlers.Manifests;

/// <summary>Why the next program could not take something.</summary>
public enum PreflightLossKind
{
    /// <summary>It has nothing for the compatible string.</summary>
    NotAccepted,

    /// <summary>It has something for the string, but reads another layout.</summary>
    OtherLayout,
}
