using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JinshanBio.Crm.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Local : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                    ById = table.Column<Guid>(type: "uuid", nullable: true)
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
                    ById = table.Column<Guid>(type: "uuid", nullable: true)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ChainTargetLinks");

            migrationBuilder.DropTable(
                name: "EdgeEditions");

            migrationBuilder.DropTable(
                name: "LinkEditions");

            migrationBuilder.DropTable(
                name: "LinkMatchings");

            migrationBuilder.DropTable(
                name: "LinkPeriods");

            migrationBuilder.DropTable(
                name: "LinkProposals");

            migrationBuilder.DropTable(
                name: "Presences");

            migrationBuilder.DropTable(
                name: "ChainTargets");

            migrationBuilder.DropColumn(
                name: "IndustryCode",
                table: "Enterprises");

            migrationBuilder.DropColumn(
                name: "Scope",
                table: "Enterprises");
        }
    }
}
