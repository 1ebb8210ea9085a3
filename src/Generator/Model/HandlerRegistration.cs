namespace LuoHandlers.Generator.Model;

/// <summary>What the registration of an assembly needs to know of one handler.</summary>
internal sealed record HandlerRegistration(string DisplayName, string FullyQualifiedName, string Compatible, EquatableArray<string> OlderCompatibles, bool IsConstructible);
