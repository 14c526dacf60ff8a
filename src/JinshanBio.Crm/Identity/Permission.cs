namespace JinshanBio.Crm.Identity;

/// <summary>Everything that a role may be allowed. Which role has what is reference data: seeds/reference/roles.json.</summary>
public enum Permission
{
    /// <summary>One's own account, notices and day page.</summary>
    Account,
    /// <summary>See the enterprise register.</summary>
    EnterprisesRead,
    /// <summary>Add and change enterprises.</summary>
    EnterprisesWrite,
    /// <summary>See contacts in full and find by them; everybody else sees them masked.</summary>
    ContactsRead,
    /// <summary>Add, change and erase contacts.</summary>
    ContactsWrite,
    /// <summary>Register an enterprise although others look like it, with a reason.</summary>
    DuplicatesOverride,
    /// <summary>Merge two records of one enterprise, and undo it.</summary>
    EnterprisesMerge,
    /// <summary>See leads: one's own, or everybody's together with <see cref="EverybodysRows"/>.</summary>
    LeadsRead,
    /// <summary>Capture, edit, screen, drop and convert leads, and plan their follow-ups.</summary>
    LeadsWrite,
    /// <summary>督办: watch over a follow-up that somebody else is to do.</summary>
    FollowUpsSupervise,
    /// <summary>交接: hand own work to a colleague, or anybody's together with <see cref="EverybodysRows"/>.</summary>
    HandOver,
    /// <summary>See who holds the right of first talk on the leads one sees, and those of one's unit.</summary>
    FirstTalksRead,
    /// <summary>Register, keep alive, extend, pass on and dispute rights of first talk for one's unit.</summary>
    FirstTalksWrite,
    /// <summary>Rule on disputes about first talks.</summary>
    FirstTalksRule,
    /// <summary>Change the parameters the program reckons with.</summary>
    ParametersManage,
    /// <summary>See projects: one's own, those proposed to one's parks, or everybody's.</summary>
    ProjectsRead,
    /// <summary>Edit projects, move them through their stages and plan their follow-ups.</summary>
    ProjectsWrite,
    /// <summary>List the admission reviews of the projects one sees, or what one's department was asked.</summary>
    ReviewsRead,
    /// <summary>会审: answer for one's department what it was asked.</summary>
    ReviewsAnswer,
    /// <summary>Conclude admission reviews, and overrule objections or go on without an opinion with a reason.</summary>
    ReviewsConclude,
    /// <summary>Rows of all colleagues, not only one's own.</summary>
    EverybodysRows,
    /// <summary>The names behind code names before signing.</summary>
    RealNames,
    /// <summary>附件: see and open documents of the leads and projects one sees.</summary>
    DocumentsRead,
    /// <summary>Attach documents, add versions and remove them.</summary>
    DocumentsWrite,
    /// <summary>Documents labelled confidential as well.</summary>
    DocumentsConfidential,
    /// <summary>服务: work on steps, requests and warning signs of the signed projects one sees; a park manager on those with a place in the own parks.</summary>
    ServiceWrite,
    /// <summary>See parks: one's own, or all together with <see cref="AllParks"/>.</summary>
    ParksRead,
    /// <summary>All parks, not only those one manages.</summary>
    AllParks,
    /// <summary>Add and change the spaces of the parks one sees and manages.</summary>
    SpacesWrite,
    /// <summary>See proposals and places of the projects and parks one sees.</summary>
    AssignmentsRead,
    /// <summary>Propose and withdraw places.</summary>
    AssignmentsPropose,
    /// <summary>Accept, refuse, move in, graduate and exit in the parks one manages.</summary>
    AssignmentsDecide,
    /// <summary>统筹: plan the places of all projects one sees, and send what is accepted of it as proposals.</summary>
    AllocationsPlan,
    /// <summary>破例: propose or accept a space of the own parks although it does not meet a need of the project, with a reason.</summary>
    PlacesOverride,
    /// <summary>See the map of the chain, its coverage and its gaps, as figures of the whole district.</summary>
    ChainRead,
    /// <summary>Keep the map of the chain: change links and supply relations, and judge proposed changes.</summary>
    ChainKeep,
    /// <summary>供需: post what enterprises here offer and need, and introduce them to each other.</summary>
    OffersWrite,
    /// <summary>招商活动: plan campaigns and keep their costs.</summary>
    CampaignsWrite,
    /// <summary>See reports over the rows one may see.</summary>
    ReportsRead,
    /// <summary>核实履约: verify what others report about promises.</summary>
    CommitmentsVerify,
    /// <summary>See the probabilities of the stages, estimated over everybody's projects.</summary>
    ProbabilitiesRead,
    /// <summary>Import lists.</summary>
    ImportsRun,
    /// <summary>Take lists out of the system as a file, of the rows one sees.</summary>
    ListsExport,
    /// <summary>Create people, give roles and parks, lock and unlock.</summary>
    PeopleManage,
    /// <summary>See and start the recurring jobs.</summary>
    JobsManage,
    /// <summary>Read the audit trail.</summary>
    AuditRead,
}

/// <summary>Names the permission without which a request is not handled. Every request carries one; a test sees to it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}
