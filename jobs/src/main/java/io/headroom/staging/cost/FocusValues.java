package io.headroom.staging.cost;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that FOCUS allows. Those of the columns that all versions share are the same in all. */
final class FocusValues {

    /** The subcategories of each category of services. */
    static final Map<String, List<String>> SUBCATEGORIES = subcategories();

    /** The values of each column that has a list of them. */
    static final Map<String, Collection<String>> ALLOWED = allowed();

    /** The national currencies of ISO 4217. */
    static final List<String> CURRENCIES = List.of("""
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN
            BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP
            ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK
            JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
            MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
            PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB
            TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG
            XAU XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL
            """.strip().split("\\s+"));

    private FocusValues() {}

    private static Map<String, Collection<String>> allowed() {
        Map<String, Collection<String>> allowed = new LinkedHashMap<>();
        allowed.put("ChargeCategory", List.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"));
        allowed.put("ChargeClass", List.of("Correction"));
        allowed.put("ChargeFrequency", List.of("One-Time", "Recurring", "Usage-Based"));
        allowed.put("CommitmentDiscountCategory", List.of("Spend", "Usage"));
        allowed.put("CommitmentDiscountStatus", List.of("Used", "Unused"));
        allowed.put("CapacityReservationStatus", List.of("Used", "Unused"));
        allowed.put("PricingCategory", List.of("Standard", "Dynamic", "Committed", "Other"));
        allowed.put("ServiceCategory", SUBCATEGORIES.keySet());
        allowed.put(
                "ServiceSubcategory",
                SUBCATEGORIES.values().stream().flatMap(List::stream).toList());
        return allowed;
    }

    private static Map<String, List<String>> subcategories() {
        Map<String, List<String>> of = new LinkedHashMap<>();
        of.put(
                "AI and Machine Learning",
                List.of(
                        "AI Platforms",
                        "Bots",
                        "Generative AI",
                        "Machine Learning",
                        "Natural Language Processing",
                        "Other (AI and Machine Learning)"));
        of.put(
                "Analytics",
                List.of(
                        "Analytics Platforms",
                        "Business Intelligence",
                        "Data Processing",
                        "Search",
                        "Streaming Analytics",
                        "Other (Analytics)"));
        of.put("Business Applications", List.of("Productivity and Collaboration", "Other (Business Applications)"));
        of.put(
                "Compute",
                List.of(
                        "Containers",
                        "End User Computing",
                        "Quantum Compute",
                        "Serverless Compute",
                        "Virtual Machines",
                        "Other (Compute)"));
        of.put(
                "Databases",
                List.of(
                        "Caching",
                        "Data Warehouses",
                        "Ledger Databases",
                        "NoSQL Databases",
                        "Relational Databases",
                        "Time Series Databases",
                        "Other (Databases)"));
        of.put(
                "Developer Tools",
                List.of(
                        "Developer Platforms",
                        "Continuous Integration and Deployment",
                        "Development Environments",
                        "Source Code Management",
                        "Quality Assurance",
                        "Other (Developer Tools)"));
        of.put("Identity", List.of("Identity and Access Management", "Other (Identity)"));
        of.put("Integration", List.of("API Management", "Messaging", "Workflow Orchestration", "Other (Integration)"));
        of.put("Internet of Things", List.of("IoT Analytics", "IoT Platforms", "Other (Internet of Things)"));
        of.put(
                "Management and Governance",
                List.of(
                        "Architecture",
                        "Compliance",
                        "Cost Management",
                        "Data Governance",
                        "Disaster Recovery",
                        "Endpoint Management",
                        "Observability",
                        "Support",
                        "Other (Management and Governance)"));
        of.put("Media", List.of("Content Creation", "Gaming", "Media Streaming", "Mixed Reality", "Other (Media)"));
        of.put("Migration", List.of("Data Migration", "Resource Migration", "Other (Migration)"));
        of.put("Mobile", List.of("Other (Mobile)"));
        of.put("Multicloud", List.of("Multicloud Integration", "Other (Multicloud)"));
        of.put(
                "Networking",
                List.of(
                        "Application Networking",
                        "Content Delivery",
                        "Network Connectivity",
                        "Network Infrastructure",
                        "Network Routing",
                        "Network Security",
                        "Other (Networking)"));
        of.put(
                "Security",
                List.of(
                        "Secret Management",
                        "Security Posture Management",
                        "Threat Detection and Response",
                        "Other (Security)"));
        of.put(
                "Storage",
                List.of(
                        "Backup Storage",
                        "Block Storage",
                        "File Storage",
                        "Object Storage",
                        "Storage Platforms",
                        "Other (Storage)"));
        of.put("Web", List.of("Application Platforms", "Other (Web)"));
        of.put("Other", List.of("Other (Other)"));
        return of;
    }

    /** As SQL lists them. */
    static String quoted(Collection<String> values) {
        return values.stream().map("'%s'"::formatted).collect(joining(", "));
    }
}
