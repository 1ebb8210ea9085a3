namespace LuoHandlers.Generator.Model;

/// <summary>The names of the generator's steps, by which a test asks which of them ran again.</summary>
internal static class TrackingNames
{
    /// <summary>The attribute look-up: it runs again for each handler on each edit, whatever a generator does.</summary>
    public const string HandlerResults = nameof(HandlerResults);

    public const string HandlerSources = nameof(HandlerSources);

    /// <summary>The attribute look-up of FLBs.</summary>
    public const string FlbResults = nameof(FlbResults);

    public const string FlbSources = nameof(FlbSources);

    /// <summary>The attribute look-up of typed sessions.</summary>
    public const string SessionResults = nameof(SessionResults);

    public const string SessionSources = nameof(SessionSources);

    public const string Manifest = nameof(Manifest);

    public const string HandlerRegistrations = nameof(HandlerRegistrations);

    public const string ReferencedRegistration = nameof(ReferencedRegistration);

    public const string ReferencedRegistrations = nameof(ReferencedRegistrations);

    public const string Assembly = nameof(Assembly);

    public const string Registration = nameof(Registration);
}
