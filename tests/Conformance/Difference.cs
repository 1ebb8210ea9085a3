namespace LuoHandlers.Conformance;

/// <summary>A field whose value is not the expected one.</summary>
/// <param name="Field">Its path, e.g. <c>trace[1].set.data</c>.</param>
/// <param name="Expected">What was expected; <c>nothing</c> if the field should not be there.</param>
/// <param name="Actual">What was found; <c>nothing</c> if the field is not there.</param>
internal sealed record Difference(string Field, string Expected, string Actual);
