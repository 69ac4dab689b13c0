/** The schemas that the description names, out of those that validate. */
import type { ZodType } from 'zod';
import {
  emailChangeSchema,
  emailVerificationSchema,
  forgottenPasswordSchema,
  loginEntrySchema,
  loginListSchema,
  loginSchema,
  logoutSchema,
  passwordChangeSchema,
  passwordResetSchema,
  profileChangeSchema,
  registerSchema,
  roleSchema,
  sessionSchema,
  userSchema,
  verifiedEmailSchema,
} from '../contract/accounts.ts';
import {
  adminEventListSchema,
  adminEventSchema,
  adminEventSummarySchema,
  adminOrderListSchema,
  adminOrderSchema,
  auditEntrySchema,
  auditValueSchema,
  customerDetailSchema,
  customerListSchema,
  customerSchema,
  dashboardListSchema,
  eventDashboardSchema,
  eventFiguresSchema,
  flagSchema,
  itemListSchema,
  sellThroughPointSchema,
  stockInputSchema,
} from '../contract/administration.ts';
import { auditListSchema, namedAuditEntrySchema } from '../contract/audit.ts';
import {
  cancelEventSchema,
  cancellationSchema,
  cancelPreviewSchema,
} from '../contract/cancellation.ts';
import { itemInputSchema, itemSchema } from '../contract/catalogue.ts';
import { eventLineSchema } from '../contract/commit-metrics.ts';
import { drawAnswerSchema, drawEntrySchema, drawSchema } from '../contract/draw.ts';
import { eventInputSchema } from '../contract/event-input.ts';
import {
  eventDetailSchema,
  eventItemSchema,
  eventListSchema,
  eventStatusSchema,
  eventSummarySchema,
  integritySchema,
  stockSchema,
} from '../contract/events.ts';
import { liveDiscussionSchema, liveMessageSchema, liveSnapshotSchema } from '../contract/live.ts';
import {
  orderAnswerSchema,
  orderHistoryEntrySchema,
  orderHistorySchema,
  orderSchema,
  orderStatusSchema,
  reserveSchema,
} from '../contract/orders.ts';
import { outboxListSchema, outboxRowSchema } from '../contract/outbox-list.ts';
import { accountDeletionSchema, ownDataSchema } from '../contract/own-data.ts';
import { ownOrderSchema } from '../contract/own-order.ts';
import { paymentAttentionSchema } from '../contract/payment-attention.ts';
import { refundSchema } from '../contract/payments.ts';
import { uploadedPictureSchema } from '../contract/picture-uploads.ts';
import { fieldErrorSchema } from '../contract/problems.ts';
import {
  admissionSchema,
  enterQueueSchema,
  eventQueueSchema,
  itemQueueSchema,
  ownQueueSchema,
  queueEntryAnswerSchema,
  queueEntrySchema,
  queueStepSchema,
} from '../contract/queue.ts';
import {
  adminQueueAnswerSchema,
  adminQueueEntrySchema,
  adminQueueSchema,
  disqualifySchema,
} from '../contract/queue-administration.ts';
import { refundAnswerSchema } from '../contract/refunds.ts';
import { reminderListSchema, reminderOffSchema } from '../contract/reminders.ts';
import {
  reportFlowSchema,
  reportSchema,
  reportSwitchSchema,
  reportUnitsSchema,
} from '../contract/report.ts';

/** What the API sends. A schema that is not named here is written out where it is used. */
export const ANSWER_SCHEMAS: Record<string, ZodType> = {
  Role: roleSchema,
  User: userSchema,
  Session: sessionSchema,
  VerifiedEmail: verifiedEmailSchema,
  LoginEntry: loginEntrySchema,
  LoginList: loginListSchema,
  OwnData: ownDataSchema,
  ReminderList: reminderListSchema,
  Admission: admissionSchema,
  ItemQueue: itemQueueSchema,
  QueueEntry: queueEntrySchema,
  QueueEntryAnswer: queueEntryAnswerSchema,
  OwnQueue: ownQueueSchema,
  QueueStep: queueStepSchema,
  EventQueue: eventQueueSchema,
  Draw: drawSchema,
  DrawAnswer: drawAnswerSchema,
  DrawEntry: drawEntrySchema,
  EventStatus: eventStatusSchema,
  Stock: stockSchema,
  EventItem: eventItemSchema,
  EventDetail: eventDetailSchema,
  EventSummary: eventSummarySchema,
  EventList: eventListSchema,
  Integrity: integritySchema,
  LiveDiscussion: liveDiscussionSchema,
  LiveMessage: liveMessageSchema,
  LiveSnapshot: liveSnapshotSchema,
  Cancellation: cancellationSchema,
  CancelPreview: cancelPreviewSchema,
  Item: itemSchema,
  UploadedPicture: uploadedPictureSchema,
  OrderStatus: orderStatusSchema,
  Order: orderSchema,
  OrderAnswer: orderAnswerSchema,
  OrderHistoryEntry: orderHistoryEntrySchema,
  OwnOrder: ownOrderSchema,
  OrderHistory: orderHistorySchema,
  ItemList: itemListSchema,
  AdminEvent: adminEventSchema,
  AdminEventSummary: adminEventSummarySchema,
  AdminEventList: adminEventListSchema,
  EventFigures: eventFiguresSchema,
  DashboardList: dashboardListSchema,
  SellThroughPoint: sellThroughPointSchema,
  EventDashboard: eventDashboardSchema,
  EventLine: eventLineSchema,
  Customer: customerSchema,
  CustomerDetail: customerDetailSchema,
  CustomerList: customerListSchema,
  AdminOrder: adminOrderSchema,
  AdminOrderList: adminOrderListSchema,
  AdminQueueEntry: adminQueueEntrySchema,
  AdminQueue: adminQueueSchema,
  AdminQueueAnswer: adminQueueAnswerSchema,
  AuditValue: auditValueSchema,
  AuditEntry: auditEntrySchema,
  NamedAuditEntry: namedAuditEntrySchema,
  AuditList: auditListSchema,
  OutboxRow: outboxRowSchema,
  Refund: refundSchema,
  RefundAnswer: refundAnswerSchema,
  OutboxList: outboxListSchema,
  PaymentAttention: paymentAttentionSchema,
  Report: reportSchema,
  ItemUnitCounts: reportUnitsSchema,
  ItemUnitFlow: reportFlowSchema,
  FieldError: fieldErrorSchema,
};

/** What the API takes; unknown members are refused. */
export const INPUT_SCHEMAS: Record<string, ZodType> = {
  Registration: registerSchema,
  Login: loginSchema,
  Logout: logoutSchema,
  PasswordChange: passwordChangeSchema,
  ForgottenPassword: forgottenPasswordSchema,
  PasswordReset: passwordResetSchema,
  EmailVerification: emailVerificationSchema,
  EmailChange: emailChangeSchema,
  ProfileChange: profileChangeSchema,
  AccountDeletion: accountDeletionSchema,
  ReminderOff: reminderOffSchema,
  Reservation: reserveSchema,
  QueueEntering: enterQueueSchema,
  CancelEvent: cancelEventSchema,
  EventInput: eventInputSchema,
  ItemInput: itemInputSchema,
  StockInput: stockInputSchema,
  ReportSwitch: reportSwitchSchema,
  Disqualification: disqualifySchema,
};

/** What a schema checks in code and cannot say in JSON Schema by itself. */
export const ADDED: [ZodType, Record<string, unknown>][] = [
  [
    registerSchema.shape.email,
    { description: 'Compared in lower case, with its domain as ASCII: what a browser takes.' },
  ],
  [flagSchema, { enum: ['true', 'false'] }],
];
