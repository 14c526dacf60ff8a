using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JinshanBio.Crm.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ChainEngine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "CampaignId",
                table: "Leads",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "IndustryCode",
                table: "Enterprises",
                type: "character varying(4)",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Scope",
                table: "Enterprises",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Campaigns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: true),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Budget = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    Note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedById = table.Column<Guid>(type: "uuid", nullable: false),
                    CancelledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CancelReason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Campaigns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Campaigns_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChainTargets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EnterpriseId = table.Column<Guid>(type: "uuid", nullable: false),
                    ChosenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChosenById = table.Column<Guid>(type: "uuid", nullable: false),
                    Closes = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    LeadId = table.Column<Guid>(type: "uuid", nullable: true),
                    DismissedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Until = table.Column<DateOnly>(type: "date", nullable: true),
                    ReturnedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReturnedById = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChainTargets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChainTargets_Enterprises_EnterpriseId",
                        column: x => x.EnterpriseId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ChainTargets_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "EdgeEditions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Supplier = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Buyer = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    SuppliesZh = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    SuppliesEn = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    IsCritical = table.Column<bool>(type: "boolean", nullable: false),
                    NeedPercent = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    Phrase = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Source = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    From = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: true),
                    EndSource = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    EndReason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    EndedById = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EdgeEditions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LinkEditions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Field = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    AlsoFields = table.Column<string>(type: "text", nullable: false),
                    Tier = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Products = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    IndustryCodes = table.Column<string>(type: "text", nullable: false),
                    Constraints = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Evidence = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    IsEnabling = table.Column<bool>(type: "boolean", nullable: false),
                    Slot = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Source = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    From = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: true),
                    EndSource = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    EndReason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    EndedById = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkEditions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LinkMatchings",
                columns: table => new
                {
                    EnterpriseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Dictionary = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkMatchings", x => x.EnterpriseId);
                    table.ForeignKey(
                        name: "FK_LinkMatchings_Enterprises_EnterpriseId",
                        column: x => x.EnterpriseId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LinkPeriods",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SubjectId = table.Column<Guid>(type: "uuid", nullable: false),
                    IsProject = table.Column<bool>(type: "boolean", nullable: false),
                    Link = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    From = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkPeriods", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LinkProposals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EnterpriseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Link = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Confidence = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    Clues = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedById = table.Column<Guid>(type: "uuid", nullable: true),
                    AddedLink = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkProposals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LinkProposals_Enterprises_EnterpriseId",
                        column: x => x.EnterpriseId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MapProposals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FileName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Format = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    IgnoredColumns = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Unchanged = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MapProposals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Offers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    EnterpriseId = table.Column<Guid>(type: "uuid", nullable: false),
                    ParkId = table.Column<Guid>(type: "uuid", nullable: true),
                    Link = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Field = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Product = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Quantity = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    ValidUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Closing = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    CloseNote = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClosedById = table.Column<Guid>(type: "uuid", nullable: true),
                    PostedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    PostedById = table.Column<Guid>(type: "uuid", nullable: false),
                    IntroductionCount = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Offers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Offers_Enterprises_EnterpriseId",
                        column: x => x.EnterpriseId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Offers_Parks_ParkId",
                        column: x => x.ParkId,
                        principalTable: "Parks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Partners",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    LeaderId = table.Column<Guid>(type: "uuid", nullable: false),
                    PartnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Relation = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Link = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Supply = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    KnownFrom = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Partners", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Partners_Enterprises_LeaderId",
                        column: x => x.LeaderId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Partners_Enterprises_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Presences",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EnterpriseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Since = table.Column<DateOnly>(type: "date", nullable: true),
                    AnnualOutput = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    ParkId = table.Column<Guid>(type: "uuid", nullable: true),
                    Source = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    From = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    LeftOn = table.Column<DateOnly>(type: "date", nullable: true),
                    WhyLeft = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Presences", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Presences_Enterprises_EnterpriseId",
                        column: x => x.EnterpriseId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Presences_Parks_ParkId",
                        column: x => x.ParkId,
                        principalTable: "Parks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CampaignAim",
                columns: table => new
                {
                    CampaignId = table.Column<Guid>(type: "uuid", nullable: false),
                    Link = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    StateThen = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    GapThen = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    CoverageThen = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignAim", x => new { x.CampaignId, x.Link });
                    table.ForeignKey(
                        name: "FK_CampaignAim_Campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CampaignCost",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CampaignId = table.Column<Guid>(type: "uuid", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    What = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignCost", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CampaignCost_Campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ChainTargetLinks",
                columns: table => new
                {
                    TargetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Link = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Gap = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    Closes = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChainTargetLinks", x => new { x.TargetId, x.Link });
                    table.ForeignKey(
                        name: "FK_ChainTargetLinks_ChainTargets_TargetId",
                        column: x => x.TargetId,
                        principalTable: "ChainTargets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MapProposalRows",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProposalId = table.Column<Guid>(type: "uuid", nullable: false),
                    IsEdge = table.Column<bool>(type: "boolean", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Sheet = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Cells = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Source = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Act = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    BasedOn = table.Column<int>(type: "integer", nullable: false),
                    Changes = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Verdict = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    IsMoved = table.Column<bool>(type: "boolean", nullable: false),
                    Fault = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    FaultValue = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    JudgedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    JudgedById = table.Column<Guid>(type: "uuid", nullable: true),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MapProposalRows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MapProposalRows_MapProposals_ProposalId",
                        column: x => x.ProposalId,
                        principalTable: "MapProposals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Introductions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OfferId = table.Column<Guid>(type: "uuid", nullable: false),
                    EnterpriseId = table.Column<Guid>(type: "uuid", nullable: false),
                    ParkId = table.Column<Guid>(type: "uuid", nullable: true),
                    CounterOfferId = table.Column<Guid>(type: "uuid", nullable: true),
                    Note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    ContractOn = table.Column<DateOnly>(type: "date", nullable: true),
                    NextOn = table.Column<DateOnly>(type: "date", nullable: true),
                    FollowUpId = table.Column<Guid>(type: "uuid", nullable: true),
                    Round = table.Column<int>(type: "integer", nullable: false),
                    RoundTold = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Introductions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Introductions_Enterprises_EnterpriseId",
                        column: x => x.EnterpriseId,
                        principalTable: "Enterprises",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Introductions_FollowUps_FollowUpId",
                        column: x => x.FollowUpId,
                        principalTable: "FollowUps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Introductions_Offers_CounterOfferId",
                        column: x => x.CounterOfferId,
                        principalTable: "Offers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Introductions_Offers_OfferId",
                        column: x => x.OfferId,
                        principalTable: "Offers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Introductions_Parks_ParkId",
                        column: x => x.ParkId,
                        principalTable: "Parks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IntroductionStep",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IntroductionId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    ContractOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IntroductionStep", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IntroductionStep_Introductions_IntroductionId",
                        column: x => x.IntroductionId,
                        principalTable: "Introductions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_CampaignId",
                table: "Leads",
                column: "CampaignId");

            migrationBuilder.CreateIndex(
                name: "IX_Enterprises_IsChainLeader",
                table: "Enterprises",
                column: "IsChainLeader",
                filter: "\"IsChainLeader\"");

            migrationBuilder.CreateIndex(
                name: "IX_CampaignCost_CampaignId",
                table: "CampaignCost",
                column: "CampaignId");

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_From_Id",
                table: "Campaigns",
                columns: new[] { "From", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_OwnerId",
                table: "Campaigns",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_ChainTargetLinks_Link",
                table: "ChainTargetLinks",
                column: "Link");

            migrationBuilder.CreateIndex(
                name: "IX_ChainTargets_ChosenAt",
                table: "ChainTargets",
                column: "ChosenAt");

            migrationBuilder.CreateIndex(
                name: "IX_ChainTargets_DismissedAt",
                table: "ChainTargets",
                column: "DismissedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ChainTargets_EnterpriseId_ChosenAt",
                table: "ChainTargets",
                columns: new[] { "EnterpriseId", "ChosenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ChainTargets_LeadId",
                table: "ChainTargets",
                column: "LeadId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EdgeEditions_Supplier_Buyer_Kind_To",
                table: "EdgeEditions",
                columns: new[] { "Supplier", "Buyer", "Kind", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_At",
                table: "Introductions",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_CounterOfferId",
                table: "Introductions",
                column: "CounterOfferId");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_EnterpriseId",
                table: "Introductions",
                column: "EnterpriseId");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_FollowUpId",
                table: "Introductions",
                column: "FollowUpId");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_NextOn",
                table: "Introductions",
                column: "NextOn");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_OfferId",
                table: "Introductions",
                column: "OfferId");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_ParkId",
                table: "Introductions",
                column: "ParkId");

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_State_At",
                table: "Introductions",
                columns: new[] { "State", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Introductions_State_ContractOn",
                table: "Introductions",
                columns: new[] { "State", "ContractOn" });

            migrationBuilder.CreateIndex(
                name: "IX_IntroductionStep_IntroductionId",
                table: "IntroductionStep",
                column: "IntroductionId");

            migrationBuilder.CreateIndex(
                name: "IX_LinkEditions_Code_To",
                table: "LinkEditions",
                columns: new[] { "Code", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LinkPeriods_SubjectId_Link_To",
                table: "LinkPeriods",
                columns: new[] { "SubjectId", "Link", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LinkPeriods_To_IsProject_From",
                table: "LinkPeriods",
                columns: new[] { "To", "IsProject", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_LinkProposals_EnterpriseId_Link",
                table: "LinkProposals",
                columns: new[] { "EnterpriseId", "Link" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LinkProposals_Status_Confidence_Id",
                table: "LinkProposals",
                columns: new[] { "Status", "Confidence", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LinkProposals_Status_Link_Confidence_Id",
                table: "LinkProposals",
                columns: new[] { "Status", "Link", "Confidence", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MapProposalRows_ProposalId_Verdict_IsEdge_Number",
                table: "MapProposalRows",
                columns: new[] { "ProposalId", "Verdict", "IsEdge", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_MapProposals_CreatedAt_Id",
                table: "MapProposals",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Offers_EnterpriseId_Status",
                table: "Offers",
                columns: new[] { "EnterpriseId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Offers_Number",
                table: "Offers",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Offers_ParkId",
                table: "Offers",
                column: "ParkId");

            migrationBuilder.CreateIndex(
                name: "IX_Offers_PostedAt_Field",
                table: "Offers",
                columns: new[] { "PostedAt", "Field" });

            migrationBuilder.CreateIndex(
                name: "IX_Offers_Status_Link_Kind",
                table: "Offers",
                columns: new[] { "Status", "Link", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_Offers_Status_ValidUntil",
                table: "Offers",
                columns: new[] { "Status", "ValidUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_Partners_LeaderId_PartnerId_Relation",
                table: "Partners",
                columns: new[] { "LeaderId", "PartnerId", "Relation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Partners_PartnerId",
                table: "Partners",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_Presences_EnterpriseId_To",
                table: "Presences",
                columns: new[] { "EnterpriseId", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Presences_ParkId",
                table: "Presences",
                column: "ParkId");

            migrationBuilder.CreateIndex(
                name: "IX_Presences_To_From",
                table: "Presences",
                columns: new[] { "To", "From" });

            migrationBuilder.AddForeignKey(
                name: "FK_Leads_Campaigns_CampaignId",
                table: "Leads",
                column: "CampaignId",
                principalTable: "Campaigns",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            // What was recorded before links had periods counts from the day on which its record was made.
            migrationBuilder.Sql("INSERT INTO \"LinkPeriods\" (\"Id\", \"SubjectId\", \"IsProject\", \"Link\", \"From\", \"To\") SELECT gen_random_uuid(), l.\"EnterpriseId\", FALSE, l.\"Code\", e.\"CreatedAt\", TIMESTAMPTZ '9999-01-01 00:00:00+00' FROM \"EnterpriseLink\" l JOIN \"Enterprises\" e ON e.\"Id\" = l.\"EnterpriseId\"");
            migrationBuilder.Sql("INSERT INTO \"LinkPeriods\" (\"Id\", \"SubjectId\", \"IsProject\", \"Link\", \"From\", \"To\") SELECT gen_random_uuid(), l.\"ProjectId\", TRUE, l.\"Code\", e.\"CreatedAt\", TIMESTAMPTZ '9999-01-01 00:00:00+00' FROM \"ProjectLink\" l JOIN \"Projects\" e ON e.\"Id\" = l.\"ProjectId\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Leads_Campaigns_CampaignId",
                table: "Leads");

            migrationBuilder.DropTable(
                name: "CampaignAim");

            migrationBuilder.DropTable(
                name: "CampaignCost");

            migrationBuilder.DropTable(
                name: "ChainTargetLinks");

            migrationBuilder.DropTable(
                name: "EdgeEditions");

            migrationBuilder.DropTable(
                name: "IntroductionStep");

            migrationBuilder.DropTable(
                name: "LinkEditions");

            migrationBuilder.DropTable(
                name: "LinkMatchings");

            migrationBuilder.DropTable(
                name: "LinkPeriods");

            migrationBuilder.DropTable(
                name: "LinkProposals");

            migrationBuilder.DropTable(
                name: "MapProposalRows");

            migrationBuilder.DropTable(
                name: "Partners");

            migrationBuilder.DropTable(
                name: "Presences");

            migrationBuilder.DropTable(
                name: "Campaigns");

            migrationBuilder.DropTable(
                name: "ChainTargets");

            migrationBuilder.DropTable(
                name: "Introductions");

            migrationBuilder.DropTable(
                name: "MapProposals");

            migrationBuilder.DropTable(
                name: "Offers");

            migrationBuilder.DropIndex(
                name: "IX_Leads_CampaignId",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Enterprises_IsChainLeader",
                table: "Enterprises");

            migrationBuilder.DropColumn(
                name: "CampaignId",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "IndustryCode",
                table: "Enterprises");

            migrationBuilder.DropColumn(
                name: "Scope",
                table: "Enterprises");
        }
    }
}
