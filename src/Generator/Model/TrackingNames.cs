namespace LuoHandlers.Generator.Model;

/// <summary>The names of the generator's steps, by which a test asks which of them ran again.</summary>
internal static class TrackingNames
{
    /// <summary>The attribute look-up: it runs again for each handler on each edit, whatever a generator does.</summary>
    public const string HandlerResults = nameof(HandlerResults);

    public const string HandlerSources = nameof(HandlerSources);

    public const string HandlerRegistrations = nameof(HandlerRegistrations);

    public const string ReferencedRegistration = nameof(ReferencedRegistration);

    public const string ReferencedRegistrations = nameof(ReferencedRegistrations);

    public const string Assembly = nameof(Assembly);

    public const string Registration = nameof(Registration);
}
